import { z } from 'zod'

/** An RFC 9457 problem document. `errors` names the fields at fault. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'An RFC 9457 problem document; `errors` names the fields at fault.' })
export type ProblemDocument = z.output<typeof problemDocument>

const titles = {
  400: 'The request is wrong',
  401: 'Who are you?',
  403: 'Not allowed',
  404: 'Not found',
  406: 'Not available in that form',
  413: 'The request is too large',
  415: 'Send JSON',
  500: 'The server failed',
  503: 'Not available right now',
} as const
export type ProblemStatus = keyof typeof titles

const challenge: HeadersInit = { 'www-authenticate': 'Bearer realm="guanlan"' }

/** What an endpoint throws to answer with a problem document. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: ProblemStatus
  readonly errors: ProblemDocument['errors']

  constructor(status: ProblemStatus, detail: string, errors?: ProblemDocument['errors']) {
    super(detail)
    this.status = status
    this.errors = errors
  }

  /** The fields at fault, as Zod found them. */
  static ofZod(error: z.ZodError): Problem {
    const errors = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    const [first] = errors
    return new Problem(
      400,
      first ? `${first.path || 'the request'}: ${first.message}` : 'The request is wrong.',
      errors,
    )
  }

  toResponse(): Response {
    const { status, message, errors } = this
    const body = {
      type: 'about:blank',
      title: titles[status],
      status,
      detail: message,
      errors,
    } satisfies ProblemDocument
    const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
    return new Response(JSON.stringify(body), { status, headers: { ...headers, ...(status === 401 && challenge) } })
  }
}
