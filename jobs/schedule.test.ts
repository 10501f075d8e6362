import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { removeStore } from '@guanlan/warehouse/stores/remove-store'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openQueues } from './run-jobs.ts'
import { startSchedule } from './schedule.ts'
import { until } from './testing.ts'

test('a store that was removed is looked after in a minute, and not recomputed any more', async () => {
  const [server, opened] = await Promise.all([startRedis(), openTestWarehouse()])
  const world = {
    ...{ warehouse: opened.warehouse, redis: server.redis, log: pino({ level: 'silent' }) },
    signal: new AbortController().signal,
    wake: async () => {},
  }
  const value = { name: 'x', time_zone: 'UTC', currency: 'CNY', trusts_sender_sessions: false }
  await makeStore(world, { store_id: 'stays', value, actor: 'test' })
  await makeStore(world, { store_id: 'gone', value, actor: 'test' })
  await removeStore(world, { store_id: 'gone', read_version: 1, actor: 'test' })
  const queues = openQueues(server.redis)
  const schedule = startSchedule(world, queues)
  await until('both are asked for', async () => (await queues['empty-removed-store'].getDelayedCount()) > 0)
  await schedule.stop()
  const [job] = await queues['empty-removed-store'].getDelayed()
  expect([job?.data, job?.delay]).toEqual([{ store_id: 'gone' }, 60_000])
  const recomputed = await queues.recompute.getJobs(['waiting', 'delayed'])
  expect(recomputed.map(({ data }) => data)).toEqual([{ store_id: 'stays' }])
  await Promise.all(Object.values(queues).map((queue) => queue.close()))
  await server.stop()
  await opened.close()
})
