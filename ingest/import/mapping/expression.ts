import { timeZone } from '@guanlan/warehouse/instant'
import { z } from 'zod'

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number or true/false' })

/** A text stands for the column of that name, a number or true/false for itself. */
const shortForm = (given: unknown) => {
  if (typeof given === 'string') return { column: given }
  if (typeof given === 'number' || typeof given === 'boolean') return { const: given }
  return given
}

const sources = [
  ...['column', 'const', 'concat', 'hash', 'line_number', 'file', 'first_of'],
  ...['add', 'subtract', 'multiply', 'divide', 'negate'],
  ...['sum', 'min', 'max', 'first', 'last', 'count'],
]

/** How a value is made: exactly one source, and what is done to it. */
export interface Value {
  column?: string | undefined
  const?: string | number | boolean | undefined
  concat?: Value[] | undefined
  hash?: 'row' | Value[] | undefined
  line_number?: 'group' | 'file' | undefined
  file?: 'name' | 'modified' | undefined
  first_of?: Value[] | undefined
  add?: Value[] | undefined
  subtract?: Value[] | undefined
  multiply?: Value[] | undefined
  divide?: Value[] | undefined
  negate?: Value | undefined
  sum?: Value | undefined
  min?: Value | undefined
  max?: Value | undefined
  first?: Value | undefined
  last?: Value | undefined
  count?: Value | 'rows' | undefined
  of?: string | undefined
  where?: Condition | undefined
  separator?: string | undefined
  extract?: string | undefined
  map?: Record<string, string | number | boolean | null> | undefined
  default?: string | number | boolean | undefined
  as?: 'text' | 'number' | 'integer' | 'instant' | 'day' | 'boolean' | undefined
  formats?: string[] | undefined
  zone?: string | undefined
  round?: number | undefined
}

const isRegExp = (text: string) => {
  try {
    return Boolean(new RegExp(text, 'u'))
  } catch {
    return false
  }
}

const pattern = z.string().refine(isRegExp, 'is not a regular expression')

const atLeastTwo = 'takes a list of at least two'
export const value: z.ZodType<Value> = z.lazy(() =>
  z.preprocess(
    shortForm,
    z
      .strictObject(
        {
          column: z.string().optional(),
          const: scalar.optional(),
          concat: z.array(value).min(2, atLeastTwo).optional(),
          hash: z
            .union([z.literal('row'), z.array(value).min(1)], { error: 'is `row` or a list of values' })
            .optional(),
          line_number: z.enum(['group', 'file']).optional(),
          file: z.enum(['name', 'modified']).optional(),
          first_of: z.array(value).min(2, atLeastTwo).optional(),
          add: z.array(value).min(2, atLeastTwo).optional(),
          subtract: z.array(value).min(2, atLeastTwo).optional(),
          multiply: z.array(value).min(2, atLeastTwo).optional(),
          divide: z.array(value).length(2, 'takes a list of two').optional(),
          negate: value.optional(),
          sum: value.optional(),
          min: value.optional(),
          max: value.optional(),
          first: value.optional(),
          last: value.optional(),
          count: z.union([z.literal('rows'), value]).optional(),
          of: z.string().optional(),
          where: z.lazy(() => condition).optional(),
          separator: z.string().optional(),
          extract: pattern.optional(),
          map: z.record(z.string(), z.union([scalar, z.null()])).optional(),
          default: scalar.optional(),
          as: z.enum(['text', 'number', 'integer', 'instant', 'day', 'boolean']).optional(),
          formats: z.array(z.string()).min(1).optional(),
          zone: timeZone.optional(),
          round: z.int().min(0).max(10).optional(),
        },
        {
          error: (issue) =>
            issue.code === 'invalid_type' ? 'must be a column’s name or a value such as { const: … }' : undefined,
        },
      )
      .refine((given) => sources.filter((key) => key in given).length === 1, {
        error: `must have exactly one of ${sources.join(', ')}`,
      }),
  ),
) as z.ZodType<Value>

/** A test of a row; every key of it must hold. */
export interface Condition {
  all?: Condition[] | undefined
  any?: Condition[] | undefined
  not?: Condition | undefined
  column?: string | undefined
  value?: Value | undefined
  as?: 'text' | 'number' | 'instant' | 'day' | undefined
  equals?: string | number | boolean | undefined
  not_equals?: string | number | boolean | undefined
  in?: (string | number)[] | undefined
  not_in?: (string | number)[] | undefined
  starts_with?: string | undefined
  ends_with?: string | undefined
  contains?: string | undefined
  matches?: string | undefined
  empty?: boolean | undefined
  gt?: string | number | undefined
  gte?: string | number | undefined
  lt?: string | number | undefined
  lte?: string | number | undefined
}

const tests = [
  ...['equals', 'not_equals', 'in', 'not_in', 'starts_with', 'ends_with', 'contains', 'matches', 'empty'],
  ...['gt', 'gte', 'lt', 'lte'],
] as const

const bound = z.union([z.string(), z.number()], { error: 'must be a number, or a text such as a time' })
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z
    .strictObject({
      all: z.array(condition).min(1).optional(),
      any: z.array(condition).min(1).optional(),
      not: condition.optional(),
      column: z.string().optional(),
      value: value.optional(),
      as: z.enum(['text', 'number', 'instant', 'day']).optional(),
      equals: scalar.optional(),
      not_equals: scalar.optional(),
      in: z.array(bound).min(1).optional(),
      not_in: z.array(bound).min(1).optional(),
      starts_with: z.string().optional(),
      ends_with: z.string().optional(),
      contains: z.string().optional(),
      matches: pattern.optional(),
      empty: z.boolean().optional(),
      gt: bound.optional(),
      gte: bound.optional(),
      lt: bound.optional(),
      lte: bound.optional(),
    })
    .refine((given) => ['all', 'any', 'not', 'column', 'value'].filter((key) => key in given).length === 1, {
      error: 'must have exactly one of all, any, not, column, value',
    })
    .refine((given) => !('column' in given || 'value' in given) || tests.some((key) => key in given), {
      error: `must say what is asked of the value: ${tests.join(', ')}`,
    }),
) as z.ZodType<Condition>
