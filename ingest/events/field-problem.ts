import type { RejectionCode } from '@guanlan/warehouse/rejection-codes'
import type { z } from 'zod'

/** Why an event or a record is refused, and which field is to blame. */
export interface FieldProblem {
  code: RejectionCode
  /** As in `properties.products[0].price`; '' for the whole. */
  path: string
  message: string
}

export class BadField extends Error {
  override name = 'BadField'
  readonly code: RejectionCode
  readonly path: string

  constructor(code: RejectionCode, path: string, message: string) {
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

const isMissing = (input: unknown, path: readonly PropertyKey[]): boolean => {
  let value = input
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part]
  return value === undefined
}

/** The first thing that a schema has against an input; a field that is not there is said to be required. */
export function explain(error: z.ZodError, input: unknown): FieldProblem {
  const [issue] = error.issues
  const path = issue?.path ?? []
  const message = issue?.message ?? 'is wrong'
  if (path.length > 0 && isMissing(input, path)) {
    return { code: 'missing_field', path: writePath(path), message: `is required; it ${message}` }
  }
  return { code: 'invalid_field', path: writePath(path), message }
}
