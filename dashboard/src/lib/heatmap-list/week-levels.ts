import type { WeekRow } from '#lib/heatmap-page/answers.ts'

/** Shades of something; 0 is none. */
const levels = 9

/** Seven days of 24 hours, Monday first; each hour with how dark it is, from 0 for nothing to 9 for the most. */
export function weekLevels(rows: readonly WeekRow[]): { weekday: number; hours: (WeekRow & { level: number })[] }[] {
  const values = rows.flatMap(({ value }) => (value === null ? [] : [value]))
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)]
  const levelOf = (value: number | null) =>
    value === null || value === 0 ? 0 : Math.max(1, Math.ceil(((value - least) / (most - least)) * levels))
  const weekdays = [...new Set(rows.map(({ weekday }) => weekday))].sort((one, other) => one - other)
  return weekdays.map((weekday) => ({
    weekday,
    hours: rows.filter((row) => row.weekday === weekday).map((row) => ({ ...row, level: levelOf(row.value) })),
  }))
}
