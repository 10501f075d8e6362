import { rm } from 'node:fs/promises'
import { changedChannel } from '@guanlan/jobs/changed'
import { openQueue } from '@guanlan/jobs/queues'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Announcer } from './announcer.ts'
import { temporaryDirectory, until } from './testing.ts'

let directory: string
let server: Awaited<ReturnType<typeof startRedis>>
let heard: string[]
let close: (() => void)[]

const open = (everyMs: number) => {
  const redis = connectRedis(server.url, { name: 'test', enableOfflineQueue: false, commandTimeout: 3000 })
  const queue = openQueue(redis, 'recompute')
  const announcer = new Announcer({ redis, queue, log: pino({ level: 'silent' }), everyMs })
  close.push(
    () => announcer.close(),
    () => redis.disconnect(),
  )
  return { redis, queue, announcer }
}

async function listen(): Promise<void> {
  const listener = connectRedis(server.url, { name: 'listener' })
  close.push(() => listener.disconnect())
  listener.on('message', (_, text: string) => heard.push(text))
  await listener.subscribe(changedChannel)
}

beforeEach(async () => {
  directory = await temporaryDirectory()
  server = await startRedis(directory)
  heard = []
  close = []
})
afterEach(async () => {
  for (const each of close) each()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

test('a store is announced at once, then no more often than allowed, and one job waits', async () => {
  await listen()
  const { redis, queue, announcer } = open(60_000)
  await until('Redis is connected', () => redis.status === 'ready')
  for (let time = 0; time < 100; time++) announcer.changed(['a', 'b'])
  await until('both jobs are there', async () => (await queue.getJobCountByTypes('waiting', 'delayed')) === 2)
  await until('both are heard', () => heard.length === 2)
  expect(heard.sort()).toEqual(['{"store_id":"a","what":"facts"}', '{"store_id":"b","what":"facts"}'])
})

test('what changed while it was resting is announced afterwards', async () => {
  await listen()
  const { redis, announcer } = open(20)
  await until('Redis is connected', () => redis.status === 'ready')
  announcer.changed(['a'])
  announcer.changed(['a'])
  await until('it is heard a second time', () => heard.length === 2)
})

test('while Redis is away nothing waits and nothing fails, and it is said when Redis is back', async () => {
  const { redis, queue, announcer } = open(20)
  await until('Redis is connected', () => redis.status === 'ready')
  await server.stop()
  await until('the connection is lost', () => redis.status !== 'ready')
  announcer.changed(['a'])
  server = await startRedis(directory)
  await until('the job is there', async () => {
    return redis.status === 'ready' && (await queue.getJobCountByTypes('waiting', 'delayed')) === 1
  })
})
