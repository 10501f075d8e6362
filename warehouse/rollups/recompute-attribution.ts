import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { nextArrivals } from './arrivals.ts'
import { attributionChanges, writeAttribution } from './attribution-changes.ts'
import { execute, readClock } from './execute.ts'
import { beforeFence, fence, type Hold } from './fence.ts'
import type { Recomputed } from './recomputed.ts'
import { touchQuarters } from './session-changes.ts'
import { touchedOrders } from './touched-orders.ts'
import { readWatermark, type Watermark, writeWatermark } from './watermark.ts'

const step = z.object({ store_id: z.string(), step: z.string() })
const rows = z.object({ rows: z.number() })

const touched = defineQuery({
  name: 'touched orders',
  params: step,
  row: rows,
  sql: `SELECT count() AS rows FROM touched_orders WHERE store_id = {store_id:String} AND step = {step:DateTime64(6, 'UTC')}`,
})

const changed = defineQuery({
  name: 'count attribution changes',
  params: step,
  row: rows,
  sql: `SELECT count() AS rows FROM attribution_changes WHERE store_id = {store_id:String} AND version = {step:DateTime64(6, 'UTC')}`,
})

const sessionsChanged = defineQuery({
  name: 'sessions changed',
  params: z.object({ store_id: z.string(), since: z.string() }),
  row: rows,
  sql: `SELECT count() AS rows FROM session_changes WHERE store_id = {store_id:String} AND version > {since:DateTime64(3, 'UTC')}`,
})
const someChanged = async (warehouse: Warehouse, where: { store_id: string; since: string }) =>
  ((await sessionsChanged(warehouse, where))[0]?.rows ?? 0) > 0

/** How many orders a statement takes at most. */
const ordersAtOnce = 20_000

async function remakeAttribution(
  warehouse: Warehouse,
  { store_id, since, until, hold }: { store_id: string; since: string; until: string; hold: Hold },
): Promise<number> {
  const params = { store_id, step: await readClock(warehouse) }
  await execute(warehouse, { name: 'touch orders', sql: touchedOrders, params: { ...params, since, until } })
  const looked = (await touched(warehouse, params))[0]?.rows ?? 0
  const parts = Math.ceil(looked / ordersAtOnce)
  for (let part = 0; part < parts; part += 1) {
    await hold('midway')
    await execute(warehouse, {
      name: 'attribution changes',
      sql: attributionChanges,
      params: { ...params, parts, part },
    })
  }
  const changes = looked === 0 ? 0 : ((await changed(warehouse, params))[0]?.rows ?? 0)
  if (changes > 0) {
    await execute(warehouse, { name: 'touch quarters', sql: touchQuarters('attribution_changes'), params })
    const write = { ...params, fence: await fence(warehouse, hold) }
    await execute(warehouse, { name: 'write attribution', sql: writeAttribution(beforeFence), params: write })
  }
  return changes
}

/**
 * Attributes all orders inserted up to now, and those whose visitors' sessions have changed; in bounded steps, each of
 * which moves the watermark.
 */
export async function catchUpAttribution(
  warehouse: Warehouse,
  { store_id, hold, did }: { store_id: string; hold: Hold; did: Pick<Recomputed, 'attributions'> },
): Promise<void> {
  const watermark: Watermark = { store_id, job: 'attribution', mode: 'last_non_direct_30d' }
  const now = await readClock(warehouse)
  let { position: since } = await readWatermark(warehouse, watermark)
  for (;;) {
    await hold()
    const arrivals = await nextArrivals(warehouse, 'orders', { store_id, since, now, rows: ordersAtOnce })
    const { until, settled, more } = arrivals
    if (arrivals.rows === 0 && !(await someChanged(warehouse, { store_id, since }))) return
    const made = await remakeAttribution(warehouse, { store_id, since, until, hold })
    did.attributions += made
    await writeWatermark(warehouse, { ...watermark, position: settled, version: await readClock(warehouse) })
    if (!more) return
    since = until
  }
}
