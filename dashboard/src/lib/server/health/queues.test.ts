import { setTimeout as sleep } from 'node:timers/promises'
import { openQueue } from '@guanlan/jobs/queues'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertFailedJob } from '../../../../testing/insert-failed-job.ts'
import { failedJobs, settleJob } from './failed-jobs.ts'
import { queueStates } from './queue-states.ts'
import { redisState } from './redis-state.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

const everybody = () => true
const ofMain = (storeId: string) => storeId === 'main'

test('a queue tells what waits, what failed and for how long the oldest has been due', async () => {
  const compare = openQueue(redis.redis, 'compare')
  await compare.add('compare', { store_id: 'main' })
  await compare.add('compare', { store_id: 'later' }, { delay: 60_000 })
  await sleep(50)
  const states = await queueStates(redis.redis, Date.now() + 30_000)
  const state = states.find(({ name }) => name === 'compare')
  expect(states.map(({ name }) => name)).toEqual([
    ...['recompute', 'refresh-customers', 'compare', 'watch', 'deliver', 'empty-removed-store', 'test-contact-point'],
  ])
  expect(state).toMatchObject({ waiting: 1, delayed: 1, active: 0, failed: 0, runs: 0, failures: 0, workers: 0 })
  expect(state?.oldest_seconds).toBeGreaterThan(30)
  expect(state?.oldest_seconds).toBeLessThan(35)
})

test('a failed job is told with its reason to those whose it is, and is run again or forgotten by them alone', async () => {
  const id = await insertFailedJob(redis.redis, 'recompute', { store_id: 'main' }, 'ClickHouse is away.')
  const foreign = await insertFailedJob(redis.redis, 'recompute', { store_id: 'other' }, 'No.')
  const nobodys = await insertFailedJob(redis.redis, 'recompute', { store: 'x' }, 'The job’s data are wrong.')
  expect(await failedJobs(redis.redis, ofMain)).toMatchObject([
    {
      queue: 'recompute',
      id,
      store_id: 'main',
      data: '{"store_id":"main"}',
      reason: 'ClickHouse is away.',
      attempts: 1,
    },
  ])
  expect((await failedJobs(redis.redis, everybody)).map((job) => job.id).sort()).toEqual([id, foreign, nobodys].sort())
  const settle = (job: string, what: 'retry' | 'discard') =>
    settleJob(redis.redis, { queue: 'recompute', id: job, what }, ofMain)
  expect(await settle(foreign, 'discard')).toBe('forbidden')
  expect(await settle(nobodys, 'discard')).toBe('forbidden')
  expect(await settle(id, 'retry')).toBe('done')
  expect(await settle(id, 'retry')).toBe('gone')
  expect(await openQueue(redis.redis, 'recompute').getJobState(id)).toBe('waiting')
  expect(await settleJob(redis.redis, { queue: 'recompute', id: foreign, what: 'discard' }, everybody)).toBe('done')
  expect(await settleJob(redis.redis, { queue: 'no-such', id, what: 'retry' }, everybody)).toBe('gone')
  expect((await failedJobs(redis.redis, everybody)).map((job) => job.id)).toEqual([nobodys])
})

test('a failed job is found behind more of another store’s than are told of', async () => {
  const id = await insertFailedJob(redis.redis, 'refresh-customers', { store_id: 'main' }, 'No.')
  await sleep(2)
  for (let each = 0; each < 130; each++)
    await insertFailedJob(redis.redis, 'refresh-customers', { store_id: 'other' }, 'No.')
  expect((await failedJobs(redis.redis, ofMain)).map((job) => job.id)).toEqual([id])
  expect(await failedJobs(redis.redis, everybody)).toHaveLength(100)
})

test('Redis tells its memory and what it does when that is full', async () => {
  const { used_bytes, limit_bytes, policy, version } = await redisState(redis.redis)
  expect(used_bytes).toBeGreaterThan(100_000)
  expect([limit_bytes, policy]).toEqual([0, 'noeviction'])
  expect(version).toMatch(/^\d+\./)
})
