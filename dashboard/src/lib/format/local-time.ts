const formats = new Map<string, Intl.DateTimeFormat>()

/** The clock of a time zone at an instant, as a field of time takes it: 2026-11-11T09:30. */
export function localTime(timeZone: string, at: Date): string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, hourCycle: 'h23', ...parts })
  formats.set(timeZone, format)
  return format.format(at).replace(' ', 'T')
}
