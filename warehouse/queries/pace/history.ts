import { DateTime } from 'luxon'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import type { MetricName } from '../../metrics/catalog.ts'
import type { Value } from '../../settings/kinds.ts'
import { bucketsOf } from '../buckets.ts'
import { type Period, toIso } from '../period.ts'
import { runQuery } from '../query/run-query.ts'
import type { Store } from '../store.ts'
import type { Hour } from './expected.ts'
import type { PastDay } from './usual-week.ts'

export type Campaign = Value<'campaign'>

/** An hour of the past with what it brought. */
export interface PastHour extends Hour {
  day: string
  value: number
}

interface StoreHour extends Hour {
  day: string
}

const hourMs = 3_600_000

function storeHours({ from, to }: Period): StoreHour[] {
  return bucketsOf({ from, to }, 'hour', Number.POSITIVE_INFINITY).map(({ start }) => ({
    start: Math.max(+start, +from),
    end: Math.min(+start + hourMs, +to),
    place: (start.weekday - 1) * 24 + start.hour,
    day: start.toISODate() ?? '',
  }))
}

/** The hours of a period, by the store's clock. */
export const hoursOf = (period: Period): Hour[] => storeHours(period)

/** The hours of a period with what each brought. */
export async function readHours(
  { warehouse, store, metric, asked }: { warehouse: Warehouse; store: Store; metric: MetricName; asked: Asked },
  period: Period,
): Promise<PastHour[]> {
  const { results } = await runQuery(
    warehouse,
    store,
    {
      store_id: store.store_id,
      metrics: [metric],
      dimensions: ['time:hour'],
      date_range: [toIso(period.from), toIso(period.to)],
    },
    asked,
  )
  return storeHours(period).map((hour, at) => ({ ...hour, value: results[at]?.metrics[0] ?? 0 }))
}

/** Hours as days; an hour that a clock change repeats is one with that before it. */
export function pastDays(hours: readonly PastHour[]): PastDay[] {
  const days = new Map<string, { weekday: number; hours: number[] }>()
  for (const { day, place, value } of hours) {
    const known = days.get(day) ?? { weekday: Math.floor(place / 24), hours: new Array<number>(24).fill(0) }
    known.hours[place % 24] = (known.hours[place % 24] ?? 0) + value
    days.set(day, known)
  }
  return [...days].map(([day, { weekday, hours: brought }]) => ({ day, weekday, hours: brought }))
}

/** Every day of the store that a campaign touches. */
export function daysOfCampaigns(campaigns: readonly Campaign[], zone: string): Set<string> {
  const days = campaigns.flatMap(({ starts_at, ends_at }) => {
    const period = { from: DateTime.fromISO(starts_at, { zone }), to: DateTime.fromISO(ends_at, { zone }) }
    return bucketsOf(period, 'day', 3660).map(({ key }) => key)
  })
  return new Set(days)
}
