import { outboxState } from '@guanlan/warehouse/alerts/outbox'
import { rollupLag } from '@guanlan/warehouse/rollups/due-buckets'
import { lateRows } from '@guanlan/warehouse/rollups/reopened-days'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Queue } from 'bullmq'
import { Hono } from 'hono'
import type { Metrics } from './metrics.ts'
import type { World } from './world.ts'

async function readDepths(queues: readonly Queue[], { depth }: Metrics): Promise<void> {
  for (const queue of queues) {
    for (const [state, count] of Object.entries(await queue.getJobCounts())) {
      depth.set({ queue: queue.name, state }, count)
    }
  }
}

async function readLags({ warehouse }: World, metrics: Metrics): Promise<void> {
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

async function readOutboxes({ warehouse }: World, { waiting, oldestWaiting }: Metrics): Promise<void> {
  for (const { store_id } of await readSettings(warehouse, 'store')) {
    const [state] = await outboxState(warehouse, { store_id })
    waiting.set({ store_id }, state?.waiting ?? 0)
    oldestWaiting.set({ store_id }, state?.oldest_seconds ?? 0)
  }
}

/** Whoever asks while an answer is under way gets that one: scrapes of a slow store do not pile up in it. */
function oneAtATime(read: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined
  return () => {
    underWay ??= read().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

const within = <T>(ms: number, answer: Promise<T>, otherwise: T): Promise<T> =>
  Promise.race([answer.catch(() => otherwise), new Promise<T>((resolve) => setTimeout(resolve, ms, otherwise).unref())])

/**
 * /healthz: the process runs. /readyz: 200 when Redis and ClickHouse answer, else 503 and which does not. /metrics: for
 * Prometheus; what cannot be read within 5 s keeps its last value.
 */
export function createApp(world: World, queues: readonly Queue[], metrics: Metrics): Hono {
  // Asked rather than counted: queues of Redis, lags of ClickHouse. Either is told when the other is away.
  const gauges = [
    oneAtATime(() => readDepths(queues, metrics)),
    oneAtATime(() => readLags(world, metrics)),
    oneAtATime(() => readOutboxes(world, metrics)),
  ]
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
      await Promise.all(gauges.map((read) => within(5000, read(), undefined)))
      c.header('content-type', metrics.registry.contentType)
      return c.body(await metrics.registry.metrics())
    })
}
