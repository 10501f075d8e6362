import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hold } from './hold.ts'

let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.stop())

test('one has it, the other does not until it is released', async () => {
  const first = await hold(server.redis, 'a')
  expect(await hold(server.redis, 'a')).toBeUndefined()
  expect(await hold(server.redis, 'b')).toBeDefined()
  await first?.prove()
  setTimeout(() => void first?.release(), 50)
  expect(await hold(server.redis, 'a', { patienceMs: 5000 })).toBeDefined()
})

test('who lost it is told at the next proof, and its release does not end the hold of another', async () => {
  const first = await hold(server.redis, 'c')
  await server.redis.flushall()
  await expect(first?.prove()).rejects.toMatchObject({ code: 'hold_lost' })
  const second = await hold(server.redis, 'c')
  await expect(first?.prove()).rejects.toMatchObject({ code: 'hold_lost' })
  await first?.release()
  await second?.prove()
  expect(await hold(server.redis, 'c')).toBeUndefined()
})
