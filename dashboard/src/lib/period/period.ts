import type { Campaign } from './campaigns.ts'
import { addDays, addMonths, type Day, daysBetween, firstOfMonth, firstOfYear, isDay } from './days.ts'

/** A run of days; `to` is the day after the last. */
export interface Days {
  from: Day
  to: Day
}

export const presets = [
  'today',
  'yesterday',
  'last_7_days',
  'last_28_days',
  'last_90_days',
  'this_month',
  'last_month',
  'this_year',
  'last_12_months',
] as const
export type Preset = (typeof presets)[number]
const defaultPreset = 'last_28_days'

const grains = ['hour', 'day', 'week', 'month'] as const
export type Grain = (typeof grains)[number]

export interface Period extends Days {
  preset: Preset | 'custom'
  /** The campaign that the period is, from its first instant to its last; the days are those it touches. */
  campaign?: Campaign
}

/** What the days of a preset are on a given day of the store. Runs of days end with today. */
export function daysOf(preset: Preset, today: Day): Days {
  const tomorrow = addDays(today, 1)
  const month = firstOfMonth(today)
  const spans: Record<Preset, Days> = {
    today: { from: today, to: tomorrow },
    yesterday: { from: addDays(today, -1), to: today },
    last_7_days: { from: addDays(tomorrow, -7), to: tomorrow },
    last_28_days: { from: addDays(tomorrow, -28), to: tomorrow },
    last_90_days: { from: addDays(tomorrow, -90), to: tomorrow },
    this_month: { from: month, to: tomorrow },
    last_month: { from: addMonths(month, -1), to: month },
    this_year: { from: firstOfYear(today), to: tomorrow },
    last_12_months: { from: addMonths(month, -11), to: tomorrow },
  }
  return spans[preset]
}

const longestDays = 3660
/** What the warehouse can be asked of, less the longest period that is compared with. */
const known: Days = { from: '1990-01-01', to: '2100-01-01' }

/**
 * The period that an address names: `?period=last_7_days`, or `?from=2026-11-01&to=2026-11-12` with `to` exclusive.
 * @param otherwise what it is when the address names none
 */
export function periodOf(
  params: { get(name: string): string | null },
  today: Day,
  otherwise: Preset = defaultPreset,
): Period {
  const [from, to] = [params.get('from'), params.get('to')]
  const makesSense = isDay(from) && isDay(to) && known.from <= from && from < to && to <= known.to
  if (makesSense && daysBetween(from, to) <= longestDays) return { preset: 'custom', from, to }
  const preset = presets.find((each) => each === params.get('period')) ?? otherwise
  return { preset, ...daysOf(preset, today) }
}

/**
 * The grains that make neither a single point nor a thousand of the period, and the one among them to take.
 * @param campaign a few days of one are told by the hour
 */
export function grainOf(
  params: { get(name: string): string | null },
  { from, to, campaign }: Pick<Period, 'from' | 'to' | 'campaign'>,
) {
  const days = daysBetween(from, to)
  const fits: Record<Grain, boolean> = {
    hour: days <= 14,
    day: days > 1 && days <= 400,
    week: days > 7 && days <= 1200,
    month: days > 31,
  }
  const choices = grains.filter((grain) => fits[grain])
  const best: Grain = days <= (campaign ? 5 : 2) ? 'hour' : days <= 92 ? 'day' : days <= 400 ? 'week' : 'month'
  const grain = choices.find((each) => each === params.get('grain')) ?? best
  return { grain, choices }
}
