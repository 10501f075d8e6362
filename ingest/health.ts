import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { lossesSoFar } from './events/losses.ts'
import { Problem } from './problem.ts'
import type { World } from './world.ts'

const isReachable = async ({ warehouse }: World): Promise<boolean> => {
  const slow = sleep(1000, { success: false }, { ref: false })
  const answer = await Promise.race([warehouse.ping().catch(() => ({ success: false })), slow])
  return answer.success
}

/**
 * /healthz: the process runs. /readyz: it can accept; ClickHouse may be away, the spool may not be full. /metrics: for
 * Prometheus.
 */
export function health(world: World): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const { bytes, segments, lagSeconds, full } = world.spool.state()
      if (full) throw new Problem('unavailable', full, { retryAfterSeconds: 5 })
      return c.json({
        status: 'ready',
        spool: { bytes, segments, lag_seconds: Math.round(lagSeconds * 1000) / 1000 },
        clickhouse: (await isReachable(world)) ? 'reachable' : 'away',
        redis: world.redis.status === 'ready' ? 'reachable' : 'away',
        settings: world.directory.fresh ? 'read' : 'as last known',
        tracker: { lost: await lossesSoFar(world.metrics) },
      })
    })
    .get('/metrics', async (c) => {
      c.header('content-type', world.metrics.registry.contentType)
      return c.body(await world.metrics.registry.metrics())
    })
}
