import { type Aim, targetOf } from '@guanlan/warehouse/queries/pace/target-of'
import { addMonths, type Day, daysBetween, firstOfMonth, firstOfYear } from '#lib/period/days.ts'
import type { Days, Period, Preset } from '#lib/period/period.ts'

/** The longest that a pace is told of. */
const longestDays = 400
/** They end with today whenever that is, so no target is set for them. */
const rolling: readonly (Preset | 'custom')[] = ['last_7_days', 'last_28_days', 'last_90_days', 'last_12_months']

/**
 * What stretch of time the pace is told of: the period to its end, of this month and this year the whole; of the last so
 * many days the shortest that has a target and holds today.
 * A campaign is told of by its instants, where no target is set for the days that it touches.
 * @returns undefined where there is none to tell of
 */
export function pacePeriod(
  { preset, from, to, campaign }: Period,
  { today, targets }: { today: Day; targets: readonly Aim[] },
): Days | undefined {
  if (campaign) {
    const hasTarget = targetOf({ from, to }, targets).value !== null
    return hasTarget ? { from, to } : { from: campaign.starts_at, to: campaign.ends_at }
  }
  if (preset === 'this_month') return { from, to: addMonths(firstOfMonth(today), 1) }
  if (preset === 'this_year') return { from, to: addMonths(firstOfYear(today), 12) }
  if (!rolling.includes(preset)) return daysBetween(from, to) > longestDays ? undefined : { from, to }
  const running = targets.filter((days) => days.from <= today && today < days.to && lengthOf(days) <= longestDays)
  const [shortest] = running.toSorted((a, b) => lengthOf(a) - lengthOf(b))
  return shortest && { from: shortest.from, to: shortest.to }
}

const lengthOf = ({ from, to }: Days) => daysBetween(from, to)
