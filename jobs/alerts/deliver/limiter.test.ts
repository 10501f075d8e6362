import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLimiter } from './limiter.ts'

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.stop())

const twenty = { count: 20, ms: 60_000 }
const times = async (count: number, once: () => Promise<boolean>) => {
  let taken = 0
  for (let i = 0; i < count; i += 1) taken += (await once()) ? 1 : 0
  return taken
}

test('an address gets twenty a minute, whichever process sends, and another address its own twenty', async () => {
  const [one, other] = [createLimiter(server.redis), createLimiter(server.redis)]
  expect(await times(15, () => one.take('a', twenty))).toBe(15)
  expect(await other.room('a', twenty)).toBe(5)
  expect(await times(15, () => other.take('a', twenty))).toBe(5)
  expect(await one.room('a', twenty)).toBe(0)
  expect(await one.room('b', twenty)).toBe(20)
  expect((await server.redis.keys('*')).join()).not.toContain(':a')
})

test('the window slides', async () => {
  const limiter = createLimiter(server.redis)
  const short = { count: 2, ms: 300 }
  expect(await times(3, () => limiter.take('c', short))).toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 350))
  expect(await limiter.take('c', short)).toBe(true)
})

test('an address that said it was too much gets nothing until then, from any process', async () => {
  const [one, other] = [createLimiter(server.redis), createLimiter(server.redis)]
  await one.block('d', 300)
  expect([await one.take('d', twenty), await other.take('d', twenty), await other.room('d', twenty)]).toEqual([
    false,
    false,
    0,
  ])
  await new Promise((resolve) => setTimeout(resolve, 350))
  expect([await one.take('d', twenty), await other.take('d', twenty)]).toEqual([true, true])
})

test('a Redis that is away or has lost everything does not open the gate in this process', async () => {
  const away = connectRedis('unix:///nowhere/redis.sock', { name: 'test', retryStrategy: () => 1000 })
  const limiter = createLimiter(away)
  expect(await times(25, () => limiter.take('e', twenty))).toBe(20)
  away.disconnect()
  const flushed = createLimiter(server.redis)
  expect(await times(20, () => flushed.take('f', twenty))).toBe(20)
  await server.redis.flushall()
  expect(await flushed.take('f', twenty)).toBe(false)
})
