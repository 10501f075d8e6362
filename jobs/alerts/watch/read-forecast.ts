import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { runPace } from '@guanlan/warehouse/queries/pace/run-pace'
import type { Store } from '@guanlan/warehouse/queries/store'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { DateTime } from 'luxon'
import type { Rule } from './series.ts'

/** Before a tenth of what is expected has passed, a forecast says little. */
const leastShare = 0.1

/** Where the shortest running period with a target of the rule's metric will end; undefined while that cannot be told. */
export async function readForecast(
  warehouse: Warehouse,
  store: Store,
  { value: { metric } }: Rule,
  at: number,
  asked: Asked,
): Promise<{ forecast: number; target: number } | undefined> {
  const day = DateTime.fromMillis(at - 1, { zone: store.time_zone }).toISODate() ?? ''
  const targets = await readSettings(warehouse, 'target', { store_id: store.store_id })
  const [running] = targets
    .map(({ value }) => value)
    .filter((target) => target.metric === metric && target.from <= day && day < target.to)
    .sort((a, b) => Date.parse(a.to) - Date.parse(a.from) - (Date.parse(b.to) - Date.parse(b.from)))
  if (!running) return undefined
  const { from, to } = running
  const as_of = new Date(at).toISOString()
  const pace = await runPace(warehouse, store, { store_id: store.store_id, metric: metric as 'paid_gmv', from, to, as_of }, asked) // biome-ignore format: one question
  if (pace.forecast === null || (pace.share_expected ?? 0) < leastShare) return undefined
  return { forecast: pace.forecast, target: running.value }
}
