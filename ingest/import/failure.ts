/** The import cannot go on: the message is the sentence that the person who started it reads. */
export class ImportError extends Error {
  override name = 'ImportError'
  readonly code = 'import_failed'
}

/** A line cannot become a row; it goes to the rejects with this reason. */
export class BadLine extends Error {
  override name = 'BadLine'
  readonly code = 'bad_line'
}
