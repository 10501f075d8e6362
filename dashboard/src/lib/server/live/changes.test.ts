import { setTimeout as sleep } from 'node:timers/promises'
import { announceChanged } from '@guanlan/jobs/changed'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rememberSettings } from '../settings/remember-settings.ts'
import { Changes } from './changes.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

test('what is announced in Redis reaches those who listen to that store, and nobody else', async () => {
  const changes = new Changes(1)
  const listener = connectRedis(redis.url, { name: 'listener' })
  await changes.hear(listener)
  let other = 0
  changes.listen('other', () => other++)
  const heard = new Promise<void>((resolve) => changes.listen('main', resolve))
  await redis.redis.publish('changed', 'not JSON')
  await announceChanged(redis.redis, { store_id: 'main', what: 'facts' })
  await heard
  expect(other).toBe(0)
  listener.disconnect()
})

test('what is announced while the connection is lost is told once it is back', async () => {
  const changes = new Changes(1)
  const listener = connectRedis(redis.url, { name: 'listener' })
  await changes.hear(listener)
  const settings = rememberSettings<string>(60_000)
  await settings('all', async () => 'before')
  const heard = new Promise<void>((resolve) => changes.listen('main', resolve))
  await redis.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  expect(await redis.redis.publish('changed', '')).toBe(0)
  await heard
  expect(await settings('all', async () => 'after')).toBe('after')
  listener.disconnect()
})

test('many changes are told once at once, and once more when the rest is over', async () => {
  const changes = new Changes(20)
  const told: string[] = []
  const twice = new Promise<void>((resolve) => {
    changes.listen('main', () => {
      told.push('main')
      if (told.length === 2) resolve()
    })
  })
  for (let each = 0; each < 100; each++) changes.tell('main')
  expect(told).toHaveLength(1)
  await twice
  await sleep(60)
  expect(told).toHaveLength(2)
})

test('who stopped listening hears nothing', async () => {
  const changes = new Changes(1)
  let heard = 0
  changes.listen('main', () => heard++)()
  changes.tell('main')
  expect(heard).toBe(0)
})

test('it is counted what was told, also when nobody listens, and not what waits', async () => {
  const changes = new Changes(20)
  expect(changes.told('main')).toBe(0)
  for (let each = 0; each < 100; each++) changes.tell('main')
  expect([changes.told('main'), changes.told('other')]).toEqual([1, 0])
  await sleep(60)
  expect(changes.told('main')).toBe(2)
})
