import { Writable } from 'node:stream'
import { connectWarehouse } from '@guanlan/warehouse/client'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createMetrics } from './metrics.ts'
import { startWorker } from './start-worker.ts'
import { until } from './testing.ts'

test('a Redis that stays away is told once by its connection, not by each worker at each attempt', async () => {
  const said: string[] = []
  const stream = new Writable({
    write(line, _, done) {
      said.push(JSON.parse(line).msg)
      done()
    },
  })
  const log = pino({}, stream)
  const redis = connectRedis('unix:///nowhere/redis.sock', { name: 'test', log, retryStrategy: () => 20 })
  let attempts = 0
  redis.on('reconnecting', () => {
    attempts += 1
  })
  const warehouse = connectWarehouse('http://127.0.0.1:9/default', 'test')
  const world = { warehouse, redis, log, signal: new AbortController().signal, wake: async () => {} }
  const worker = startWorker('compare', async () => ({ did: {} }), world, {
    metrics: createMetrics(),
    concurrency: 1,
    onCrash: () => {},
  })
  await until('it has tried ten times', async () => attempts > 10)
  expect(said).toEqual(['Redis is away; trying again'])
  await worker.close(true)
  redis.disconnect()
  await warehouse.close()
})
