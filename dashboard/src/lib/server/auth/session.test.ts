import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endSession, findSession, sessionLimits, startSession } from './session.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

const ada = { user_id: 'ada', credential: 'c' }

test('a token finds its session until it is ended', async () => {
  const token = await startSession(redis.redis, ada, 1000)
  expect(await findSession(redis.redis, token, 2000)).toEqual({ ...ada, started_at: 1000 })
  await endSession(redis.redis, token)
  expect(await findSession(redis.redis, token, 2000)).toBeUndefined()
})

test('the token itself is not in Redis', async () => {
  const token = await startSession(redis.redis, ada)
  const keys = await redis.redis.keys('*')
  expect(keys.length).toBeGreaterThan(0)
  expect(keys.join(' ')).not.toContain(token)
})

test('a session that nobody uses ends by itself, and each use prolongs it', async () => {
  await redis.redis.flushdb()
  const token = await startSession(redis.redis, ada)
  const [key = ''] = await redis.redis.keys('session:*')
  expect(await redis.redis.ttl(key)).toBeGreaterThan(0)
  await redis.redis.expire(key, 60)
  await findSession(redis.redis, token)
  expect(await redis.redis.ttl(key)).toBeGreaterThan(sessionLimits.idle_seconds - 60)
})

test('a session ends after its absolute limit however much it is used', async () => {
  const token = await startSession(redis.redis, ada, 0)
  const limit = sessionLimits.absolute_seconds * 1000
  expect(await findSession(redis.redis, token, limit - 1)).toBeDefined()
  expect(await findSession(redis.redis, token, limit)).toBeUndefined()
  expect(await findSession(redis.redis, token, limit - 1)).toBeUndefined()
})
