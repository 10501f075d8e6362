import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { recomputeStore } from '@guanlan/warehouse/rollups/recompute-store'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import type { Event } from '../../demo/facts/event.ts'
import { orderOf } from '../../demo/facts/order.ts'
import { fill } from '../../demo/fill.ts'
import type { Visit } from '../../demo/life/life.ts'
import { Visits } from '../../demo/life/visits.ts'
import { makeStore } from '../../demo/send/demo-store.ts'
import { IngestClient } from '../../demo/send/ingest-client.ts'
import { Outbox } from '../../demo/send/outbox.ts'
import { dayOf } from '../../demo/shop/calendar.ts'
import type { Shop } from '../../demo/shop/shop.ts'
import { freePorts } from '../free-port.ts'
import { until } from '../until.ts'

export const secretKey = 'a secret key for this test alone'
const serverKey = 'server-key-of-the-test'
const root = new URL('../..', import.meta.url).pathname
const log = pino({ level: 'silent' })

/** Ingest and the dashboard as processes of their own, with a warehouse and a Redis; jobs are run by whoever tests them. */
export async function openDemoWorld() {
  const [opened, server, dataDir, ports] = await Promise.all([
    openTestWarehouse(),
    startRedis(),
    mkdtemp(join(tmpdir(), 'guanlan-alerts-')),
    freePorts(2),
  ])
  const [ingestPort, dashboardPort] = ports
  const env = {
    ...{ NODE_ENV: 'production', DATA_DIR: dataDir, CLICKHOUSE_URL: opened.url, REDIS_URL: server.url },
    ...{ SECRET_KEY: secretKey, SERVER_KEY: serverKey, SPOOL_MIN_FREE_BYTES: '1', LOG_LEVEL: 'error' },
    ...{ INGEST_PORT: String(ingestPort), DASHBOARD_PORT: String(dashboardPort) },
    ...{ ADMIN_EMAIL: 'owner@example.com', ADMIN_PASSWORD: 'a long enough password' },
  }
  const processes = ['ingest', 'dashboard'].map((name) =>
    spawn(process.execPath, [`${name}/serve.ts`], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] }),
  )
  const ingest = `http://127.0.0.1:${ingestPort}`
  const dashboard = `http://127.0.0.1:${dashboardPort}`
  for (const url of [`${ingest}/readyz`, `${dashboard}/healthz`]) {
    await until(`${url} answering`, async () => (await fetch(url)).ok || undefined)
  }
  const client = new IngestClient({ url: ingest, key: serverKey, log, signal: new AbortController().signal })
  await makeStore(client)

  /** Everything accepted is in ClickHouse, and sessions and rollups are made of it. */
  const settle = async () => {
    let quiet = 0
    await until(
      'the spool being empty',
      async () => {
        const { spool } = (await (await fetch(`${ingest}/readyz`)).json()) as { spool: { segments: number } }
        quiet = spool.segments === 0 ? quiet + 1 : 0
        return quiet === 3 || undefined
      },
      { seconds: 120 },
    )
    // What was inserted a moment ago is not read yet: another insert may be under way.
    await sleep(11_000)
    await recomputeStore(opened.warehouse, 'demo', async () => {}, { sessions: 0, attributions: 0, hours: 0, days: 0 })
  }

  return {
    ...{ warehouse: opened.warehouse, redis: server.redis, ingest, dashboard, client, settle },
    close: async () => {
      for (const one of processes) {
        const ended = once(one, 'exit')
        one.kill('SIGTERM')
        await ended
      }
      await opened.close()
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Of what a visit tells, what sessions, sales and payments are counted by: the rest would only make the test longer. */
class Thin extends Outbox {
  #last: unknown
  override event(event: Event): void {
    const { message } = event
    const isFirst = message.anonymousId !== this.#last
    this.#last = message.anonymousId
    if (isFirst || ['purchase', 'begin_checkout', 'payment_failed'].includes(String(message.event))) super.event(event)
  }
}

/** Visits without those that somebody keeps away. */
class Fewer extends Visits {
  readonly #isKeptAway: (visit: Visit) => boolean
  constructor(shop: Shop, isKeptAway: (visit: Visit) => boolean) {
    super(shop)
    this.#isKeptAway = isKeptAway
  }
  override on(number: number): Visit[] {
    return super.on(number).filter((visit) => !this.#isKeptAway(visit))
  }
}

/** Tells ingest the days of a shop up to a moment, without the visits that are kept away. */
export async function tellShop(
  client: IngestClient,
  { shop, from, to, isKeptAway }: { shop: Shop; from: number; to: number; isKeptAway: (visit: Visit) => boolean },
): Promise<void> {
  await fill({
    ...{ shop, visits: new Fewer(shop, isKeptAway), outbox: new Thin(client, 'demo', log) },
    ...{ from, newest: dayOf(to), until: to, signal: new AbortController().signal, onStretch: () => {} },
  })
}

/** The paid GMV of visits, in yuan. */
export function paidBy(shop: Shop, visits: readonly Visit[]): number {
  const orders = visits.filter(({ outcome }) => outcome === 'order').map((visit) => orderOf(shop, visit))
  return orders.reduce((sum, { paidAt, gross }) => sum + (paidAt === undefined ? 0 : gross), 0) / 100
}
