/** A question that cannot be answered as asked: the asker's to mend, a 400 at the border. */
export class QueryError extends Error {
  override name = 'QueryError'
  readonly code: string
  /** The field of the request, as in `metrics` or `filters[0]`. */
  readonly field: string

  constructor(code: string, field: string, message: string) {
    super(message)
    this.code = code
    this.field = field
  }
}

const isBadPattern = (error: unknown) =>
  error instanceof Error && 'type' in error && error.type === 'CANNOT_COMPILE_REGEXP'

/**
 * For the catch of a question with filters: a pattern that ClickHouse cannot compile is the asker's to mend.
 * @throws QueryError for such a pattern, else what was caught
 */
export function refusePattern(error: unknown): never {
  if (!isBadPattern(error)) throw error
  throw new QueryError('invalid_pattern', 'filters', 'A pattern of matches is not a regular expression (RE2).')
}

export const tooManyRows = (most: number) =>
  new QueryError('too_many_rows', 'dimensions', `That is more than ${most} rows; ask a wider grain or fewer slices.`)
