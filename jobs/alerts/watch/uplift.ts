import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import type { Filter } from '@guanlan/warehouse/queries/filter'
import type { Store } from '@guanlan/warehouse/queries/store'
import { earlierCampaigns, likeness } from '@guanlan/warehouse/settings/earlier-campaigns'
import { DateTime } from 'luxon'
import type { Campaign } from './campaigns.ts'
import { bucketsAtOnce, type Question, readTable, wholeBuckets } from './read-table.ts'

/** How many times the usual a campaign brought, at a distance in milliseconds from its start; beyond its end nobody knows. */
export type Uplift = (distance: number) => number | undefined

const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs
const usualWeeks = 4
/** Cases that an hour is believed to have had anyway: few orders say little. */
const doubt = 3
const bounds = { least: 0.2, most: 30 }

/** An hour of an earlier campaign and, at the same time of the weeks before it, what was usual. */
export interface UpliftHour {
  distance: number
  value: number
  usual: readonly number[]
}

/**
 * The uplift by the hours of an earlier campaign, each smoothed with its neighbours. Pure.
 * @param doubtful how many units of value stand for doubt
 */
export function upliftOf(hours: readonly UpliftHour[], doubtful: number): Uplift {
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length)
  const rates = hours.map((_, at) => {
    const near = hours.slice(Math.max(0, at - 1), at + 2)
    const value = near.reduce((sum, hour) => sum + hour.value, 0)
    const usual = near.reduce((sum, hour) => sum + mean(hour.usual), 0)
    return Math.min(bounds.most, Math.max(bounds.least, (value + doubtful) / (usual + doubtful)))
  })
  return (distance) => {
    const at = hours.findIndex((hour) => distance >= hour.distance && distance < hour.distance + hourMs)
    return rates[at]
  }
}

interface Asking {
  metric: MetricName
  filters: Filter[]
  by: Question['by']
}

/**
 * What the most alike earlier campaign made of a metric, by value of the slice; nothing where nobody knows, and for
 * ratios and times, which a promotion hardly moves in a way that could be foretold.
 */
export async function readUplifts(
  warehouse: Warehouse,
  store: Store,
  { metric, filters, by }: Asking,
  { campaign, campaigns }: { campaign: Campaign; campaigns: readonly Campaign[] },
  asked: Asked,
): Promise<Map<string, Uplift>> {
  const earlier = earlierCampaigns(campaign, campaigns).find(
    (other) => likeness(campaign, other) > 0 && Date.parse(other.ends_at) <= Date.parse(campaign.starts_at),
  )
  if (!earlier || !['count', 'money'].includes(metrics[metric].unit)) return new Map()
  const [start, end] = [Date.parse(earlier.starts_at), Date.parse(earlier.ends_at)]
  const zone = store.time_zone
  const from = +DateTime.fromMillis(start, { zone }).startOf('hour')
  const question: Question = { grain: 'hour', filters, by, metrics: [metric] }
  const buckets = wholeBuckets(store, 'hour', from - usualWeeks * weekMs, end).slice(-bucketsAtOnce(question))
  const table = await readTable(warehouse, store, question, buckets, asked)
  const known = new Set(buckets.map((bucket) => bucket.start))
  const within = buckets.filter((bucket) => bucket.start >= from)
  const values = by?.values ?? ['']
  return new Map(
    values.flatMap((value): [string, Uplift][] => {
      const at = (moment: number) => table.at(moment, value, metric) ?? 0
      // Before it was there, its zeros were not usual.
      const first = buckets.find((bucket) => at(bucket.start) > 0)?.start ?? from
      const hours = within.map((bucket) => {
        const before = Array.from({ length: usualWeeks }, (_, week) => bucket.start - (week + 1) * weekMs)
        const usual = before.filter((moment) => moment < from && moment >= first && known.has(moment)).map(at)
        return { distance: bucket.start - start, value: at(bucket.start), usual }
      })
      const whole = hours.reduce((sum, hour) => sum + hour.value, 0)
      if (whole <= 0 || hours.every((hour) => hour.usual.length === 0)) return []
      // Money has no unit of doubt of its own: a hundredth of an average hour's.
      const doubtful = metrics[metric].unit === 'count' ? doubt : whole / Math.max(1, hours.length) / 100
      return [[value, upliftOf(hours, doubtful)]]
    }),
  )
}
