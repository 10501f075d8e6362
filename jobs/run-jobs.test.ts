import { setTimeout as sleep } from 'node:timers/promises'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliveryHere } from './alerts/deliver/testing-delivery.ts'
import { createMetrics } from './metrics.ts'
import { openQueues, runJobs } from './run-jobs.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  server = await startRedis()
  opened = await openTestWarehouse()
  const value = JSON.stringify({ name: 'main', time_zone: 'UTC', currency: 'CNY' })
  const at = '2026-01-01 00:00:00.000'
  const setting = { store_id: 'main', kind: 'store', id: 'main', version: 1, value, actor: 'test', at }
  await opened.warehouse.insert({ table: 'settings', values: [setting], format: 'JSONEachRow' })
})
afterAll(async () => {
  await opened.close()
  await server.stop()
})

test('a job whose statement does not end is not waited for longer than was said', async () => {
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<never>()
  const warehouse = new Proxy(opened.warehouse, {
    get: (target, name) => {
      if (name !== 'command') return Reflect.get(target, name).bind(target)
      return () => {
        asked.resolve()
        return answer.promise
      }
    },
  })
  const log = pino({ level: 'silent' })
  const world = { warehouse, redis: server.redis, log, signal: new AbortController().signal, wake: async () => {} }
  const jobs = runJobs(world, openQueues(server.redis), {
    metrics: createMetrics(),
    delivery: deliveryHere(server.redis),
    onCrash: () => {},
  })
  await asked.promise
  const stopped = jobs.stop(100).then(() => 'stopped')
  expect(await Promise.race([stopped, sleep(10_000, 'waits')])).toBe('stopped')
  answer.reject(new Error('the connection is closed'))
  await jobs.stop(10_000)
})
