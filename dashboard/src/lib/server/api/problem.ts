import { z } from 'zod'

/** An RFC 9457 problem document. `errors` names the fields at fault, `code` a cause that pages tell apart. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    code: z.enum(['sessions_away']).optional(),
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

type Told = Pick<ProblemDocument, 'errors' | 'code'>

/** What an endpoint throws to answer with a problem document. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: ProblemStatus
  readonly told: Told

  constructor(status: ProblemStatus, detail: string, told: Told = {}) {
    super(detail)
    this.status = status
    this.told = told
  }

  /** The fields at fault, as Zod found them. */
  static ofZod(error: z.ZodError): Problem {
    const errors = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    const [first] = errors
    const detail = first ? `${first.path || 'the request'}: ${first.message}` : 'The request is wrong.'
    return new Problem(400, detail, { errors })
  }

  toResponse(): Response {
    const { status, message, told } = this
    const body = {
      type: 'about:blank',
      title: titles[status],
      status,
      detail: message,
      ...told,
    } satisfies ProblemDocument
    const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
    return new Response(JSON.stringify(body), { status, headers: { ...headers, ...(status === 401 && challenge) } })
  }
}
