/** Why an event or a record is refused, and which field is to blame. */
export interface FieldProblem {
  code: string
  /** As in `properties.products[0].price`; '' for the whole. */
  path: string
  message: string
}

export class BadField extends Error {
  override name = 'BadField'
  readonly code: string
  readonly path: string

  constructor(code: string, path: string, message: string) {
    super(message)
    this.code = code
    this.path = path
  }
}

/** A path of Zod's as people write it. */
export const writePath = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')
