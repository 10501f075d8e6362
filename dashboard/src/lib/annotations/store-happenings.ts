import { bandsOfMetric } from '#lib/alerts/recent-incident.ts'
import { calendarMarks } from '#lib/charts/calendar-days.ts'
import { type Happenings, happeningsOn } from '#lib/charts/happenings.ts'
import type { TimeAxis } from '#lib/charts/time-marks.ts'
import type { frame } from '#lib/frame/frame-context.ts'
import { m } from '#lib/paraglide/messages.js'

/** How days of the calendar are called. */
export const calendarWords = {
  day: (name: string, nth: number) => m.overview_holiday_day({ name, nth }),
  worked: (name: string) => m.overview_day_worked({ name }),
}

/**
 * What the store's annotations, campaigns and incidents, and its country's holidays, say on a time axis.
 * @param shown the metric whose incidents are told, and the id of the campaign that the period is: it needs no band over
 * all of it
 */
export function storeHappenings(
  { store, annotations, campaigns, incidents, calendar, formats }: ReturnType<ReturnType<typeof frame>>,
  axis: Omit<TimeAxis, 'timeZone'>,
  shown: { metric?: string; campaign?: string | undefined } = {},
): Happenings {
  const words = {
    begins: (name: string) => m.overview_campaign_begins({ name }),
    ends: (name: string) => m.overview_campaign_ends({ name }),
    wrong: (name: string) => m.alerts_began({ name }),
  }
  return happeningsOn(
    { ...axis, timeZone: store.time_zone },
    {
      annotations,
      campaigns: campaigns.filter(({ id }) => id !== shown.campaign),
      incidents: shown.metric ? bandsOfMetric(incidents, shown.metric) : [],
      calendar: calendarMarks(calendar, axis.grain, calendarWords),
      language: formats.language,
      words,
    },
  )
}
