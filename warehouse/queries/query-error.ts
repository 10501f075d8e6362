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

export const tooManyRows = (most: number) =>
  new QueryError('too_many_rows', 'dimensions', `That is more than ${most} rows; ask a wider grain or fewer slices.`)
