import { rollupLag } from '@guanlan/warehouse/rollups/due-buckets'
import { lateRows } from '@guanlan/warehouse/rollups/reopened-days'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Queue } from 'bullmq'
import { Hono } from 'hono'
import type { Metrics } from './metrics.ts'
import type { World } from './world.ts'

/** Reads what is asked rather than counted: queues from Redis, lag from ClickHouse. */
async function readGauges({ warehouse }: World, queues: readonly Queue[], metrics: Metrics): Promise<void> {
  for (const queue of queues) {
    for (const [state, count] of Object.entries(await queue.getJobCounts())) {
      metrics.depth.set({ queue: queue.name, state }, count)
    }
  }
  const stores = await readSettings(warehouse, 'store')
  for (const { store_id, value } of stores) {
    const zoned = { store_id, time_zone: value.time_zone }
    const [lag] = await rollupLag(warehouse, zoned)
    metrics.lag.set({ store_id }, lag?.lag_seconds ?? 0)
    metrics.badBuckets.set({ store_id }, lag?.bad_buckets ?? 0)
    const [late] = await lateRows(warehouse, zoned)
    metrics.late.set({ store_id }, late?.facts ?? 0)
    metrics.reopened.set({ store_id }, late?.days ?? 0)
  }
}

const within = <T>(ms: number, answer: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([answer.catch(() => otherwise), new Promise<T>((resolve) => setTimeout(resolve, ms, otherwise).unref())])

/**
 * /healthz: the process runs. /readyz: 200 when Redis and ClickHouse answer, else 503 and which does not. /metrics: for
 * Prometheus; what cannot be read within 5 s keeps its last value.
 */
export function createApp(world: World, queues: readonly Queue[], metrics: Metrics): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const [pong, ping] = await Promise.all([
        within<string>(2000, world.redis.ping(), ''),
        within(2000, world.warehouse.ping(), { success: false, error: new Error('no answer') }),
      ])
      const ready = pong === 'PONG' && ping.success
      const state = (isThere: boolean) => (isThere ? 'reachable' : 'away')
      const body = {
        status: ready ? 'ready' : 'waiting',
        redis: state(pong === 'PONG'),
        clickhouse: state(ping.success),
      }
      return c.json(body, ready ? 200 : 503)
    })
    .get('/metrics', async (c) => {
      await within(5000, readGauges(world, queues, metrics), undefined)
      c.header('content-type', metrics.registry.contentType)
      return c.body(await metrics.registry.metrics())
    })
}
