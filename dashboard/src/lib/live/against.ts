import { m } from '#lib/paraglide/messages.js'
import type { LiveComparison } from './live-view.ts'

/** What people call each day that today is held against: the day, and its same moment. */
export const against = {
  previous_period: { day: m.live_yesterday, moment: m.live_yesterday_now },
  same_weekdays: { day: m.live_last_week, moment: m.live_last_week_now },
  last_year: { day: m.live_last_year, moment: m.live_last_year_now },
} as const satisfies Record<LiveComparison, unknown>
