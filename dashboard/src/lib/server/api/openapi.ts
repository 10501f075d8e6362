import type { z } from 'zod'
import { createDocument, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi'
import type { Endpoint } from './endpoint.ts'
import { type ProblemStatus, problemDocument } from './problem.ts'

const reasons: Partial<Record<ProblemStatus, string>> = {
  400: 'The request is wrong; `errors` names the fields.',
  401: 'No key, or nobody’s.',
  403: 'The key may not read this store.',
  404: 'There is no such store.',
  503: 'The warehouse does not answer; try again.',
}

const problems = Object.fromEntries(
  Object.entries(reasons).map(([status, description]) => [
    status,
    { description, content: { 'application/problem+json': { schema: problemDocument } } },
  ]),
) as ZodOpenApiResponsesObject

const operation = ({ name, method, summary, description, request, answer, example }: Endpoint) => ({
  operationId: name,
  summary,
  description,
  ...(method === 'GET'
    ? { requestParams: { query: request as z.ZodObject } }
    : { requestBody: { required: true, content: { 'application/json': { schema: request, example } } } }),
  responses: {
    200: {
      description: 'The answer; with `Accept: text/csv` the same as a table.',
      content: { 'application/json': { schema: answer }, 'text/csv': { schema: { type: 'string' as const } } },
    },
    ...problems,
  },
  ...(method === 'GET' && { 'x-example': example }),
})

/** The OpenAPI document of the read API, made of the schemas that also parse its requests. */
export function openapiOf(endpoints: readonly Endpoint[]) {
  const paths = Object.fromEntries(
    endpoints.map((endpoint) => [`/api/v1/${endpoint.name}`, { [endpoint.method.toLowerCase()]: operation(endpoint) }]),
  ) as ZodOpenApiPathsObject
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Guanlan read API',
      version: '1',
      description:
        'Every number of Guanlan. Dates are the store’s days, instants are ISO 8601; the end of a period is not part of it.',
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A read key of a store, or READ_KEY.' } },
    },
    paths,
  })
}
