import { setTimeout as sleep } from 'node:timers/promises'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import type { Worker } from 'bullmq'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createMetrics, type Metrics } from './metrics.ts'
import { openQueue, wake } from './queues.ts'
import { startWorker } from './start-worker.ts'
import { until } from './testing.ts'
import type { Handler, World } from './world.ts'

let server: Awaited<ReturnType<typeof startRedis>>
const workers: Worker[] = []
let lines: Record<string, unknown>[]
let metrics: Metrics

beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.stop())
beforeEach(() => {
  lines = []
  metrics = createMetrics()
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()))
  await server.redis.flushall()
})

function start(handler: Handler<'recompute'>) {
  const queue = openQueue(server.redis, 'recompute')
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const world: World = {
    ...{ redis: server.redis, log, signal: new AbortController().signal, warehouse: undefined as never },
    wake: (_, store_id, options) => wake(queue, store_id, options),
  }
  const options = { metrics, concurrency: 2, onCrash: () => {} }
  workers.push(startWorker('recompute', handler, world, options))
  return queue
}

const outcomes = async (outcome: string) =>
  (await metrics.runs.get()).values.find(({ labels }) => labels.queue === 'recompute' && labels.outcome === outcome)
    ?.value

test('however often a store is woken while it waits, it runs once', async () => {
  const runs: string[] = []
  const queue = openQueue(server.redis, 'recompute')
  for (let i = 0; i < 5; i += 1) await wake(queue, 'a', { delayMs: 0 })
  await wake(queue, 'b', { delayMs: 0 })
  start(async (_, { store_id }) => {
    runs.push(store_id)
    return { did: {} }
  })
  await until('both have run', async () => (await outcomes('completed')) === 2)
  expect(runs.sort()).toEqual(['a', 'b'])
})

test('a store that is woken while it runs runs once more afterwards, and never beside itself', async () => {
  let running = 0
  let most = 0
  let runs = 0
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const queue = start(async () => {
    runs += 1
    running += 1
    most = Math.max(most, running)
    await gate
    running -= 1
    return { did: {} }
  })
  await wake(queue, 'a', { delayMs: 0 })
  await until('it runs', async () => runs === 1)
  for (let i = 0; i < 5; i += 1) await wake(queue, 'a', { delayMs: 0 })
  release()
  await until('it has run again', async () => (await outcomes('completed')) === 2)
  await sleep(200)
  expect([runs, most]).toEqual([2, 1])
})

test('a turn that is over asks for the next', async () => {
  let runs = 0
  const queue = start(async () => {
    runs += 1
    return { again: runs < 3, did: { hours: 2 } }
  })
  await wake(queue, 'a', { delayMs: 0 })
  await until('three turns are done', async () => (await outcomes('completed')) === 3)
  expect((await metrics.did.get()).values).toMatchObject([{ labels: { queue: 'recompute', what: 'hours' }, value: 6 }])
})

test('a job that fails is told with its reason, counted, and tried again', async () => {
  let attempts = 0
  const queue = start(async () => {
    attempts += 1
    if (attempts < 3) throw new Error('ClickHouse is away.')
    return { did: {} }
  })
  await wake(queue, 'a', { delayMs: 0 })
  await until('it succeeds', async () => (await outcomes('completed')) === 1)
  expect(attempts).toBe(3)
  expect(await outcomes('failed')).toBe(2)
  expect(lines.filter(({ msg }) => msg === 'job failed')).toMatchObject([
    { queue: 'recompute', store_id: 'a', attempt: 1, err: { message: 'ClickHouse is away.' } },
    { queue: 'recompute', store_id: 'a', attempt: 2, err: { message: 'ClickHouse is away.' } },
  ])
})

test('a job with wrong data fails at once, is kept with its reason, and the store can be woken again', async () => {
  const queue = start(async () => ({ did: {} }))
  await queue.add('recompute', { store: 'a' } as never, { deduplication: { id: 'a', keepLastIfActive: true } })
  await until('it has failed', async () => (await queue.getFailedCount()) === 1)
  expect((await queue.getFailed())[0]?.failedReason).toContain('store_id')
  await wake(queue, 'a', { delayMs: 0 })
  await until('the store runs', async () => (await outcomes('completed')) === 1)
})
