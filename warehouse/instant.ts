import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'

const pattern = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

/**
 * ISO 8601 with a zone → ClickHouse's form of the same instant in UTC, `2026-11-11 00:00:00.000`, which is the only one
 * that a `{x:DateTime64(3, 'UTC')}` parameter takes: it refuses `Z` and offsets.
 */
export const instant = z
  .string()
  .regex(pattern, 'must be an instant with a zone, as in 2026-11-11T00:00:00+08:00')
  .transform((text, ctx) => {
    const at = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' })
    if (at.isValid) return at.toFormat('yyyy-MM-dd HH:mm:ss.SSS')
    ctx.addIssue({ code: 'custom', message: 'is not a date that exists' })
    return z.NEVER
  })

/** A calendar day, `2026-11-11`; whose day it is the store's time zone decides. */
export const day = z.iso.date({ error: 'must be a day, as in 2026-11-11' })

/** A name of the IANA time zone database. */
export const timeZone = z
  .string()
  .refine((name) => IANAZone.isValidZone(name), 'must be an IANA time zone, as in Asia/Shanghai')

/** ClickHouse's text of a UTC time → ISO 8601 with `Z`. */
export const fromClickHouse = (text: string): string => `${text.replace(' ', 'T')}Z`

/** A JavaScript date → ClickHouse's text of it in UTC, to the millisecond. */
export const toClickHouse = (at: Date): string => at.toISOString().replace('T', ' ').slice(0, 23)
