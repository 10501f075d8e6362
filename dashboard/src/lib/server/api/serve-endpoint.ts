import { QueryError } from '@guanlan/warehouse/queries/query-error'
import type { RequestEvent, RequestHandler } from '@sveltejs/kit'
import { z } from 'zod'
import { nameOf } from '../auth/asker.ts'
import { connections } from '../connections.ts'
import { csvResponse } from './csv.ts'
import type { Endpoint } from './endpoint.ts'
import { Problem } from './problem.ts'
import { readStore } from './read-store.ts'

/** Makes a route of an endpoint: parse, authorise, ask, answer as JSON or CSV; whatever fails is a problem document. */
export const serveEndpoint =
  (endpoint: Endpoint): RequestHandler =>
  async (event) => {
    try {
      return await answer(endpoint, event)
    } catch (error) {
      return problemOf(error, event).toResponse()
    }
  }

async function answer(endpoint: Endpoint, { request, url, locals }: RequestEvent): Promise<Response> {
  const form = formOf(request.headers.get('accept'))
  const given = endpoint.method === 'GET' ? paramsOf(endpoint, url) : await bodyOf(request)
  const parsed = endpoint.request.safeParse(given)
  if (!parsed.success) throw Problem.ofZod(parsed.error)
  const { store_id } = storeNamed.parse(parsed.data)
  const { warehouse } = connections()
  const store = await readStore(warehouse, locals.asker, store_id)
  const asked = { signal: request.signal, ...(locals.asker && { by: nameOf(locals.asker) }) }
  const result = await endpoint.ask({ warehouse, store, asked }, parsed.data)
  if (form === 'csv') return csvResponse(endpoint.table(result), `${endpoint.name}-${store_id}`)
  return Response.json(result, { headers: { 'cache-control': 'private, no-store', vary: 'accept' } })
}

const storeNamed = z.object({ store_id: z.string() })

/** JSON unless CSV is wanted more. @throws Problem 406 when neither is wanted */
function formOf(accept: string | null): 'json' | 'csv' {
  const wanted = (accept ?? '*/*').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase())
  const first = wanted.find((type) => type === 'text/csv' || type === 'application/json' || type === '*/*')
  if (first === 'text/csv') return 'csv'
  if (first || wanted.includes('application/*')) return 'json'
  throw new Problem(406, 'Accept application/json or text/csv.')
}

function paramsOf({ read }: Endpoint, { searchParams }: URL): unknown {
  const params = Object.fromEntries(searchParams)
  return read ? read(params) : params
}

async function bodyOf(request: Request): Promise<unknown> {
  if (!/^application\/([\w.]+\+)?json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new Problem(415, 'Send the question as JSON, with content-type: application/json.')
  }
  try {
    return await request.json()
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem(400, 'The body is not JSON.')
    throw new Problem(413, 'The body is larger than 512 kB, or was cut off.')
  }
}

const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE'])

function problemOf(error: unknown, { route, request }: RequestEvent): Problem {
  if (error instanceof Problem) return error
  if (error instanceof QueryError)
    return new Problem(400, error.message, { errors: [{ path: error.field, message: error.message }] })
  if (error instanceof z.ZodError) return Problem.ofZod(error)
  if (request.signal.aborted) return new Problem(503, 'The question was withdrawn.')
  const { log } = connections()
  if (isAway(error)) {
    log.warn({ err: error, route: route.id }, 'the warehouse did not answer')
    return new Problem(503, 'The warehouse does not answer right now. Try again in a moment.')
  }
  log.error({ err: error, route: route.id }, 'a question failed')
  return new Problem(500, 'The question could not be answered; the server’s log says why.')
}

const isAway = (error: unknown) =>
  error instanceof Error && (('code' in error && away.has(String(error.code))) || /timeout/i.test(error.message))
