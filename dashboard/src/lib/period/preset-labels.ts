import { m } from '#lib/paraglide/messages.js'
import type { Preset } from './period.ts'

/** What people call each preset. */
export const presetLabels = {
  today: m.period_today,
  yesterday: m.period_yesterday,
  last_7_days: m.period_last_7_days,
  last_28_days: m.period_last_28_days,
  last_90_days: m.period_last_90_days,
  this_month: m.period_this_month,
  last_month: m.period_last_month,
  this_year: m.period_this_year,
  last_12_months: m.period_last_12_months,
  custom: m.period_custom,
} as const satisfies Record<Preset | 'custom', unknown>
