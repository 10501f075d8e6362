const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s?([Zz]|[+-]\d\d(?::?\d\d)?))?)?$/

/** What the tables' times may be: sentences and columns agree on it. */
export const earliest = Date.UTC(2000, 0, 1)
export const latest = Date.UTC(2100, 0, 1)
export const dayMs = 86_400_000

/**
 * ISO 8601 → milliseconds since 1970. Luxon does the same at forty times the price, and every event has three of these.
 * @param zone required: a text without a zone is no instant; utc: it is taken as UTC, as the Segment API does
 * @returns undefined for what is no instant, or a date that does not exist
 */
export function parseInstant(text: string, zone: 'required' | 'utc'): number | undefined {
  const match = iso.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = match
  if (zone === 'required' && offset === undefined) return undefined
  const [m, d, h, min, s] = [Number(month), Number(day), Number(hour), Number(minute), Number(second)]
  if (h > 23 || min > 59 || s > 59) return undefined
  const at = Date.UTC(Number(year), m - 1, d, h, min, s, Number(fraction.slice(0, 3).padEnd(3, '0')))
  const date = new Date(at)
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return undefined
  return at - offsetMs(offset)
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined || offset.length === 1) return 0
  const digits = offset.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || '0')
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000
}

/** Milliseconds → ClickHouse's text of the instant in UTC. */
export const toText = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 23)
