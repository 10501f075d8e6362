import { fromClickHouse } from '@guanlan/warehouse/instant'
import { z } from 'zod'
import { toMoney } from '../money.ts'
import { earliest, latest, parseInstant, toText } from '../time.ts'

/** The building blocks of records: each takes what senders have and gives what a column takes. */

const asId = (value: string | number): string => String(value).trim()

const idText = z.union([z.string().max(256, 'may have 256 characters'), z.int('must be a text')], 'must be a text')

export const id = idText.transform(asId).refine((value) => value !== '', 'must not be empty')
export const optionalId = idText
  .nullish()
  .transform((value) => (value === null || value === undefined ? '' : asId(value)))

/** A short text; '' where it is not told. */
export const label = z
  .string('must be a text')
  .max(500, 'may have 500 characters')
  .nullish()
  .transform((value) => value?.trim() ?? '')

/** An amount: a number, or its decimal text where a number would lose digits. */
export const money = z.union([z.string(), z.number()], 'must be an amount, as in 19.90').transform((value, ctx) => {
  const amount = toMoney(value)
  if (amount !== undefined) return amount
  ctx.addIssue({ code: 'custom', message: 'must be an amount of at most 14 digits before the point, as in 19.90' })
  return z.NEVER
})

export const amount = money.refine((value) => !value.startsWith('-'), 'must not be negative')
export const optionalMoney = money.nullish().transform((value) => value ?? '0.0000')
export const optionalAmount = amount.nullish().transform((value) => value ?? '0.0000')
export const nullableAmount = amount.nullish().transform((value) => value ?? null)

const instantMessage = 'must be an instant with a zone, as in 2026-11-11T00:00:00+08:00'

/** An instant → the text of a `DateTime64(3, 'UTC')`. */
export const moment = z.string(instantMessage).transform((text, ctx) => {
  const at = parseInstant(text.trim(), 'required')
  if (at !== undefined && at >= earliest && at < latest) return toText(at)
  ctx.addIssue({ code: 'custom', message: at === undefined ? instantMessage : 'must lie between 2000 and 2100' })
  return z.NEVER
})
/** An instant as settings keep it, ISO 8601 in UTC. */
export const instant = moment.transform(fromClickHouse)
export const text = z.string('must be a text')

export const optionalMoment = moment.nullish().transform((value) => value ?? null)

export const count = z.int('must be a whole number').min(0, 'must not be negative')
export const optionalCount = count.nullish().transform((value) => value ?? 0)
export const wholeNumber = z.int('must be a whole number')

export const currency = z
  .string('must be an ISO 4217 code, as in CNY')
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in CNY')
  .nullish()
