import type { Context } from 'hono'

/** What is wrong with one field of a body. */
export interface FieldError {
  path: string
  message: string
}

const titles = {
  unreadable_body: [400, 'The body cannot be read'],
  invalid_request: [422, 'The request has wrong fields'],
  unknown_key: [401, 'The key is not known'],
  forbidden: [403, 'The key may not do this'],
  not_found: [404, 'There is nothing here'],
  unknown_store: [404, 'The store is not known'],
  unknown_kind: [404, 'The kind of record is not known'],
  conflict: [409, 'It would contradict what stands'],
  too_slow: [408, 'The body did not come'],
  body_too_large: [413, 'The body is too large'],
  too_busy: [429, 'Too much is in flight'],
  unavailable: [503, 'Nothing more can be taken at the moment'],
  internal: [500, 'Something went wrong here'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof titles

/** An answer that is not a 2xx: thrown anywhere below a route, written once as RFC 9457 says. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly errors: FieldError[]
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ProblemCode,
    detail: string,
    {
      errors = [],
      retryAfterSeconds,
      cause,
    }: { errors?: FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause })
    this.code = code
    this.errors = errors
    this.retryAfterSeconds = retryAfterSeconds
  }

  get status() {
    return titles[this.code][0]
  }
}

/** A problem as an `application/problem+json` document. */
export function answerProblem(c: Context, problem: Problem): Response {
  const [status, title] = titles[problem.code]
  c.header('content-type', 'application/problem+json')
  if (problem.retryAfterSeconds !== undefined) c.header('retry-after', String(problem.retryAfterSeconds))
  if (status === 401) c.header('www-authenticate', 'Basic realm="guanlan", Bearer realm="guanlan"')
  const body = {
    type: `urn:guanlan:problem:${problem.code}`,
    title,
    status,
    detail: problem.message,
    ...(problem.errors.length > 0 && { errors: problem.errors }),
  }
  return c.body(JSON.stringify(body), status)
}
