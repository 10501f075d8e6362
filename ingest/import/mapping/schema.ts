import { timeZone } from '@guanlan/warehouse/instant'
import { storeId } from '@guanlan/warehouse/settings/store-id'
import { z } from 'zod'
import { condition, value } from './expression.ts'
import { outputNames } from './outputs.ts'

const names = (what: string) =>
  z.record(z.string().regex(/^[a-z][a-z0-9_]*$/, `the name of a ${what} is made of a–z, 0–9 and _`), z.unknown())

const join = z.strictObject({
  file: z.string(),
  /** A column of the same name in both, or this file's column: the other's. */
  on: z.union([z.string(), z.record(z.string(), z.string())], {
    error: 'is a column, or { column here: column there }',
  }),
  many: z.boolean().default(false),
})

const file = z.strictObject({
  match: z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(z.string()).min(1))
    .default(['*']),
  optional: z.boolean().default(false),
  encoding: z.string().optional(),
  delimiter: z.string().min(1).max(4).optional(),
  quote: z.string().length(1).or(z.literal('none')).default('"'),
  skip_lines: z.int().min(0).default(0),
  header: z.array(z.string()).min(1).optional(),
  also_called: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  optional_columns: z.array(z.string()).default([]),
  short_lines: z.enum(['reject', 'fill']).default('reject'),
  unreadable: z.enum(['reject', 'keep']).default('reject'),
  join: names('join').pipe(z.record(z.string(), join)).default({}),
})

const output = z.strictObject({
  to: z.enum(outputNames),
  from: z.string(),
  filter: z.preprocess((given) => (Array.isArray(given) ? { all: given } : given), condition).optional(),
  group_by: z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(value).min(1)).optional(),
  values: z.record(z.string(), value),
  lines: z
    .strictObject({ of: z.string().optional(), where: condition.optional(), values: z.record(z.string(), value) })
    .optional(),
  properties: z.record(z.string(), value).default({}),
})

/** A mapping file: which files, and what is made of their rows. */
export const mapping = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is made of a–z, 0–9 and -'),
  about: z.string().optional(),
  store: z.strictObject({
    id: storeId.optional(),
    name: z.string().min(1).max(120).optional(),
    time_zone: timeZone,
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in CNY'),
  }),
  dates: z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(z.string()).min(1))
    .default(['iso']),
  zone: timeZone.optional(),
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.string().max(3).optional(),
  files: names('file').pipe(z.record(z.string(), file)),
  outputs: z.array(output).min(1),
})

export type Mapping = z.output<typeof mapping>
export type FileSpec = z.output<typeof file>
export type OutputSpec = z.output<typeof output>
