import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { changed, changedChannel } from '@guanlan/jobs/changed'
import { openQueue } from '@guanlan/jobs/queues'
import { connectWarehouse } from '@guanlan/warehouse/client'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { KeyUse } from '@guanlan/warehouse/settings/key-use'
import type { Logger } from 'pino'
import { Directory, type Key, type Store } from './access/directory.ts'
import { Announcer } from './announcer.ts'
import { InFlight } from './body/in-flight.ts'
import type { IngestEnv } from './env.ts'
import { Personal } from './events/personal.ts'
import { VisitorSalts } from './events/visitor-salt.ts'
import { openHeatmaps } from './heatmap/heatmaps.ts'
import { createMetrics, watchSpool } from './metrics.ts'
import { Spool } from './spool/spool.ts'
import { isOfHeatmaps } from './spool/tables.ts'
import { type BrowserFiles, makeBrowserFiles } from './tracker/serving/browser-files.ts'
import { startWatermark } from './watermark.ts'
import type { World } from './world.ts'

const maxInFlightBytes = 96 * 2 ** 20
const refreshEveryMs = 30_000
/** Until ClickHouse has answered once, what is known is old. */
const refreshUnreadEveryMs = 2000

function given(env: IngestEnv): { stores: Store[]; keys: { value: string; scope: Key['scope']; store_id: string }[] } {
  const { STORE_ID: store_id, STORE_TIMEZONE: time_zone, STORE_CURRENCY: currency } = env
  return {
    stores: [{ store_id, name: store_id, time_zone, currency }],
    keys: [
      ...(env.WRITE_KEY ? [{ value: env.WRITE_KEY, scope: 'write' as const, store_id }] : []),
      ...(env.SERVER_KEY ? [{ value: env.SERVER_KEY, scope: 'server' as const, store_id: '' }] : []),
      ...(env.READ_KEY ? [{ value: env.READ_KEY, scope: 'read' as const, store_id: '' }] : []),
    ],
  }
}

/**
 * Connects what the routes stand on; neither ClickHouse nor Redis has to be there.
 * @returns close, which inserts what is spooled for at most so long and leaves the rest on disk
 * @throws SpoolInUse while another process has the spool
 */
export async function openWorld(
  env: IngestEnv,
  log: Logger,
): Promise<{ world: World; close: (withinMs: number) => Promise<void> }> {
  const warehouse = connectWarehouse(env.CLICKHOUSE_URL, 'ingest')
  // A request never waits for Redis.
  const redis = connectRedis(env.REDIS_URL, { name: 'ingest', log, enableOfflineQueue: false, commandTimeout: 3000 })
  const listener = connectRedis(env.REDIS_URL, { name: 'ingest-changed' })
  const recompute = openQueue(redis, 'recompute')
  const announcer = new Announcer({ redis, queue: recompute, log })
  const metrics = createMetrics()
  const spool = await Spool.open({
    directory: join(env.DATA_DIR, 'ingest', 'spool'),
    warehouse,
    log,
    maxBytes: env.SPOOL_MAX_BYTES,
    minFreeBytes: env.SPOOL_MIN_FREE_BYTES,
    onGroup: (bytes, requests) => {
      metrics.spooledBytes.inc(bytes)
      metrics.groups.observe(requests)
    },
    onFlushed: ({ table, bytes, seconds, stores }) => {
      metrics.flushes.observe({ table }, seconds)
      metrics.flushedBytes.inc({ table }, bytes)
      // Nothing that is recomputed or shown live is made of what heatmaps are.
      if (!isOfHeatmaps(table)) announcer.changed(stores)
    },
    onFailed: (table) => metrics.flushFailures.inc({ table }),
  })
  watchSpool(metrics, spool)
  const endWatermark = startWatermark(redis, spool, randomUUID())
  const directory = await Directory.open({
    warehouse,
    log,
    file: join(env.DATA_DIR, 'ingest', 'known.json'),
    given: given(env),
  })
  const stopRefreshing = keepFresh(directory)
  listener.on('message', (_, text) => {
    if (whatChanged(text) === 'settings') void directory.refresh()
  })
  // Subscribing waits until Redis is there, and is done again by the client whenever it comes back.
  listener.subscribe(changedChannel).catch(() => {})
  const salts = new VisitorSalts(redis, log)
  let browserFiles: Promise<BrowserFiles> | undefined
  const world: World = {
    directory,
    keyUse: new KeyUse(redis),
    spool,
    warehouse,
    redis,
    cluster: env.CLICKHOUSE_CLUSTER,
    personal: new Personal(env.SECRET_KEY),
    salts,
    addressHeader: env.ADDRESS_HEADER,
    metrics,
    inFlight: new InFlight(maxInFlightBytes),
    browserFiles: () => {
      browserFiles ??= makeBrowserFiles(join(env.DATA_DIR, 'ingest', 'tracker'))
      return browserFiles
    },
    heatmaps: openHeatmaps({ warehouse, directory, log, metrics }),
    log,
    maxBodyBytes: env.MAX_BODY_BYTES,
    now: Date.now,
  }
  const close = async (withinMs: number) => {
    stopRefreshing()
    await spool.close(withinMs)
    await endWatermark()
    announcer.close()
    salts.close()
    listener.disconnect()
    redis.disconnect()
    await warehouse.close()
  }
  return { world, close }
}

/** Others may speak on the channel too: what is not ours is not heard. */
function whatChanged(text: string): string | undefined {
  try {
    return changed.safeParse(JSON.parse(text)).data?.what
  } catch {
    return undefined
  }
}

function keepFresh(directory: Directory): () => void {
  let timer: NodeJS.Timeout
  const arm = () => {
    timer = setTimeout(
      () => {
        void directory.refresh().finally(arm)
      },
      directory.fresh ? refreshEveryMs : refreshUnreadEveryMs,
    )
  }
  arm()
  return () => clearTimeout(timer)
}
