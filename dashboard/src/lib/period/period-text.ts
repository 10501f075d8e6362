import { daysText, spanText } from '#lib/format/dates.ts'
import type { Language } from '#lib/format/intl.ts'
import type { Day } from './days.ts'
import type { Period } from './period.ts'

/** A period as people write it: its days, or a campaign's name and instants. */
export function periodText(
  language: Language,
  period: Pick<Period, 'from' | 'to' | 'campaign'>,
  here: { timeZone: string; today: Day },
): string {
  const { campaign } = period
  if (!campaign) return daysText(language, period, here.today)
  return `${campaign.name} · ${spanText(language, { from: campaign.starts_at, to: campaign.ends_at }, here)}`
}
