import { compareRollups } from '@guanlan/warehouse/rollups/compare-rollups'
import { rollupLag } from '@guanlan/warehouse/rollups/due-buckets'
import { letTimePass } from '@guanlan/warehouse/rollups/testing'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { changedChannel } from './changed.ts'
import { openQueue, wake } from './queues.ts'
import { end, type JobsProcess, startJobs, until } from './testing.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const running: JobsProcess[] = []

beforeAll(async () => {
  server = await startRedis()
  opened = await openTestWarehouse()
  await makeStore('main')
})
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ child }) => end(child, 'SIGKILL')))
})
afterAll(async () => {
  await opened.close()
  await server.stop()
})

const time_zone = 'Asia/Shanghai'
const insert = (table: string, values: object[]) => opened.warehouse.insert({ table, values, format: 'JSONEachRow' })

async function makeStore(store_id: string) {
  const value = JSON.stringify({ name: store_id, time_zone, currency: 'CNY' })
  const at = '2026-01-01 00:00:00.000'
  await insert('settings', [{ store_id, kind: 'store', id: store_id, version: 1, value, actor: 'test', at }])
}

/** A visitor an event, one every ten seconds from a time on. */
const events = (store_id: string, from: string, count: number) =>
  opened.warehouse.command({
    query: `
      INSERT INTO events (store_id, message_id, name, visitor_id, timestamp, occurred_at, received_at)
      SELECT {store_id:String}, concat({from:String}, toString(number)), 'page_view', toString(number % 1000), at, at, at
      FROM (SELECT number, toDateTime64({from:String}, 3, 'UTC') + number * 10 AS at FROM numbers({count:UInt32}))`,
    query_params: { store_id, from, count },
  })

async function start(): Promise<JobsProcess> {
  const jobs = await startJobs({ REDIS_URL: server.url, CLICKHOUSE_URL: opened.url, LOG_LEVEL: 'info' })
  running.push(jobs)
  return jobs
}

const settled = (store_id: string) =>
  until(
    'all is good',
    async () => {
      await letTimePass(opened.warehouse)
      const [lag] = await rollupLag(opened.warehouse, { store_id, time_zone })
      return lag?.bad_buckets === 0
    },
    { everyMs: 2000, withinMs: 120_000 },
  )

const visits = async (store_id: string) => {
  const answer = await opened.warehouse.query({
    query: `SELECT sum(events) AS n FROM traffic_per_day
      WHERE store_id = {store_id:String} AND (day, version) IN (
        SELECT day, max(version) FROM traffic_per_day WHERE store_id = {store_id:String} GROUP BY day)`,
    query_params: { store_id },
    format: 'JSONEachRow',
  })
  return (await answer.json<{ n: number }>())[0]?.n
}

test('facts become rollups without anybody asking, listeners are told, and SIGTERM ends the process with 0', async () => {
  const listener = server.redis.duplicate()
  const messages: unknown[] = []
  await listener.subscribe(changedChannel)
  listener.on('message', (_, message) => messages.push(JSON.parse(message)))
  await events('main', '2026-11-01 00:00:00', 3000)
  const jobs = await start()
  await settled('main')
  expect(await visits('main')).toBe(3000)
  // It is announced once the rollups are written.
  await until('listeners are told', async () => messages.some((message) => (message as { what: string }).what === 'rollups')) // biome-ignore format: one wait
  listener.disconnect()

  const ready = await fetch(`${jobs.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', redis: 'reachable', clickhouse: 'reachable' },
  ])
  const metrics = await (await fetch(`${jobs.url}/metrics`)).text()
  expect(metrics).toContain('guanlan_rollup_lag_seconds{store_id="main"} 0')
  expect(metrics).toMatch(/guanlan_jobs_runs_total\{queue="recompute",outcome="completed"\} [1-9]/)
  expect(metrics).toContain('guanlan_jobs_queue_depth{queue="compare",state="delayed"} 1')
  expect(await end(jobs.child, 'SIGTERM')).toBe(0)
  expect(jobs.lines.at(-1)?.msg).toBe('jobs closed')
}, 120_000)

test('a process that is killed in the middle of its work is followed by one that finishes it', async () => {
  await makeStore('killed')
  const first = await start()
  await events('killed', '2026-11-03 00:00:00', 60_000)
  await until('sessions are being written', async () => {
    const answer = await opened.warehouse.query({
      query: `SELECT count() AS n FROM touched_visitors WHERE store_id = 'killed'`,
      format: 'JSONEachRow',
    })
    return ((await answer.json<{ n: number }>())[0]?.n ?? 0) > 0
  })
  await end(first.child, 'SIGKILL')
  await start()
  await settled('killed')
  expect(await visits('killed')).toBe(60_000)
  const zoned = { store_id: 'killed', time_zone }
  expect(await compareRollups(opened.warehouse, zoned, async () => {})).toEqual([])
}, 180_000)

test('when Redis loses everything, work and schedules are back, and a restart makes no second schedule', async () => {
  const jobs = await start()
  const compare = openQueue(server.redis, 'compare')
  const scheduled = async () => (await compare.getJobSchedulers()).map(({ key, pattern, tz }) => [key, pattern, tz])
  const expected = [
    ['killed', '30 3 * * *', time_zone],
    ['main', '30 3 * * *', time_zone],
  ]
  await until('it is scheduled', async () => (await scheduled()).length === 2)
  await server.redis.flushall()
  await events('main', '2026-11-05 00:00:00', 100)
  await settled('main')
  expect(await visits('main')).toBe(3100)
  await until('it is scheduled again', async () => (await scheduled()).length === 2)
  await end(jobs.child, 'SIGTERM')
  await start()
  const recompute = openQueue(server.redis, 'recompute')
  const before = await recompute.getCompletedCount()
  await until('the second process works', async () => (await recompute.getCompletedCount()) > before)
  expect((await scheduled()).sort()).toEqual(expected)
  expect(await compare.getDelayedCount()).toBe(2)
}, 120_000)

test('the nightly comparison can be asked for, and counts what it did', async () => {
  const jobs = await start()
  await wake(openQueue(server.redis, 'compare'), 'main', { delayMs: 0 })
  await until('it has run', async () =>
    (await (await fetch(`${jobs.url}/metrics`)).text()).includes(
      'guanlan_jobs_runs_total{queue="compare",outcome="completed"} 1',
    ),
  )
  expect(jobs.lines.filter(({ level }) => Number(level) >= 50)).toEqual([])
}, 120_000)

test('a wrong variable and a port in use end the process with a sentence', async () => {
  await expect(startJobs({ REDIS_URL: 'nonsense' })).rejects.toThrow('REDIS_URL is wrong')
  const { url } = await start()
  const port = new URL(url).port
  await expect(startJobs({ REDIS_URL: server.url, CLICKHOUSE_URL: opened.url, JOBS_PORT: port })).rejects.toThrow(
    `JOBS_PORT ${port} on 127.0.0.1 is in use`,
  )
})
