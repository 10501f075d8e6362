import { DateTime } from 'luxon'

/** The instant at which a zone's clock shows a time, `2026-11-11T09:30`, as ISO 8601 with its offset; undefined for no time. */
export function instantAt(local: string, timeZone: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(local)) return undefined
  const at = DateTime.fromISO(local, { zone: timeZone })
  return at.isValid ? (at.toISO({ suppressMilliseconds: true }) ?? undefined) : undefined
}
