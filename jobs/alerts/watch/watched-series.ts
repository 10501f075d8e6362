import type { IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { dimensionsOf } from '@guanlan/warehouse/queries/filter'
import { slicesOf } from '@guanlan/warehouse/queries/query/plan'
import type { Store } from '@guanlan/warehouse/queries/store'
import { beginningOf } from './read-beginning.ts'
import { definitionOf, type Grain, keyOf, type Rule, type Series } from './series.ts'
import { SeriesWatch } from './series-watch.ts'
import type { Remembered, StoreMemory } from './store-memory.ts'
import { valuesOfSlice } from './values-of-slice.ts'

const dayMs = 86_400_000
/** How much of the past a series learns from when it is new. */
export const historyMs = { minute: 35 * dayMs, five_minutes: 35 * dayMs, hour: 35 * dayMs, day: 120 * dayMs } as const satisfies Record<Grain, number> // biome-ignore format: one table

const lookAgainMs = 3_600_000
/** The rarest alarms that one of many series may be asked to raise. */
const rarest = 0.02

/** Why a rule cannot be watched, in words; undefined when it can. */
export function whyNot({ value: { metric, by, filters, grain, condition } }: Rule): string | undefined {
  const known = slicesOf(metric) as string[]
  const unknown = [...(by ? [by] : []), ...dimensionsOf(filters)].find((dimension) => !known.includes(dimension))
  if (unknown) return `${metric} cannot be asked of ${unknown}`
  if (condition.type === 'share' && !by) return 'a share is of the values of a slice, and the rule has none'
  if (metric === 'ad_spend' && grain !== 'day') return `${metric} is known by the day`
  return undefined
}

interface World {
  warehouse: Warehouse
  store: Store
  asked: Asked
  now: number
}

/** The series of a rule: one, or one for each value of its slice that is large enough or has an open incident. */
export async function seriesOf(
  { warehouse, store, asked, now }: World,
  rule: Rule,
  { values, incidents }: { values: StoreMemory['values']; incidents: readonly IncidentVersion[] },
): Promise<Series[]> {
  const { by, least } = rule.value
  if (!by) return [{ rule, slice: null }]
  const key = JSON.stringify([rule.id, definitionOf(rule), least])
  const known = values.get(key)
  const looked =
    known && now - known.at < lookAgainMs && now >= known.at
      ? known
      : { at: now, values: await valuesOfSlice(warehouse, store, rule, now, asked) }
  values.set(key, looked)
  const open = incidents.flatMap(({ value }) =>
    value.rule.id === rule.id && value.state !== 'resolved' && value.slice ? [value.slice.value] : [],
  )
  return [...new Set([...looked.values, ...open])].map((value) => ({ rule, slice: { dimension: by, value } }))
}

/** What one of so many series of a rule judges by: alarms are wanted of all of them together. */
export function watchOptions({ value: { metric, grain, condition } }: Rule, count: number) {
  if (condition.type !== 'anomaly') return { metric, grain, condition }
  return { metric, grain, condition, wantedPerWeek: Math.max(rarest, condition.wanted_per_week / Math.max(1, count)) }
}

/**
 * The series as they are remembered, else as they were saved, else new: then they learn from the past.
 * @param last up to where buckets are settled
 */
export function recall(memory: StoreMemory, series: readonly Series[], last: number): Remembered[] {
  const counts = Map.groupBy(series, ({ rule }) => rule.id)
  const recalled = series.map((one): Remembered => {
    const { rule } = one
    const of = definitionOf(rule)
    const settings = watchOptions(rule, counts.get(rule.id)?.length ?? 1)
    const options = JSON.stringify(settings)
    const known = memory.watched.get(keyOf(one))
    if (known?.of === of) {
      const watch = known.options === options ? known.watch : new SeriesWatch(settings, known.watch.save())
      return Object.assign(known, { series: one, options, watch })
    }
    const saved = memory.states?.get(keyOf(one))
    const oldest = Math.max(
      last - historyMs[rule.value.grain],
      beginningOf(memory.beginning, rule.value.metric) ?? last,
    )
    if (saved?.of === of && saved.until >= last - historyMs[rule.value.grain]) {
      try {
        const watch = new SeriesWatch(settings, saved.text)
        return { series: one, of, options, watch, until: saved.until, silentUntil: 0, savedUntil: saved.until }
      } catch {
        // Saved by another version of the detector: it learns anew.
      }
    }
    return { series: one, of, options, watch: new SeriesWatch(settings), until: oldest, silentUntil: last, savedUntil: 0 } // biome-ignore format: one value
  })
  memory.watched = new Map(recalled.map((one) => [keyOf(one.series), one]))
  return recalled
}
