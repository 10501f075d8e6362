import { isFilterable } from '#lib/filters/filters.ts'
import { tileMetrics } from '#lib/overview/tiles.ts'
import { addDays, dayIn } from '#lib/period/days.ts'

interface Wanted {
  slices: readonly { dimension: string; value: string }[]
  metric: string
  from: string
  to: string
}

/**
 * The overview on the days of an incident, narrowed to a cause. Undefined where a slice is none that the overview can be
 * narrowed to: half a cause would tell other numbers.
 */
export function overviewOf(
  { store_id, time_zone }: { store_id: string; time_zone: string },
  { slices, metric, from, to }: Wanted,
): string | undefined {
  if (!slices.every(({ dimension }) => isFilterable(dimension))) return undefined
  const params = new URLSearchParams(slices.map(({ dimension, value }): [string, string] => [dimension, value]))
  params.set('from', dayIn(time_zone, new Date(from)))
  params.set('to', addDays(dayIn(time_zone, new Date(to)), 1))
  params.set('grain', 'hour')
  if (tileMetrics.some((each) => each === metric)) params.set('metric', metric)
  return `/stores/${store_id}/overview?${params}`
}
