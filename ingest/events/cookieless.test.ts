import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, openTestIngest, type TestIngest, temporaryDirectory, until } from '../testing.ts'
import { VisitorSalts } from './visitor-salt.ts'

const log = pino({ level: 'silent' })
let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest({ ADDRESS_HEADER: 'X-Forwarded-For' })
})
afterAll(() => ingest.close())

let messages = 0
const tracker = { context: { library: { name: 'guanlan' } } }

/** The visitor that ingest gives an event. */
async function visitorOf(headers: Record<string, string>, more: object = {}, body: object = tracker) {
  const messageId = `cookieless-${++messages}`
  const batch = [{ type: 'track', event: 'seen', messageId, ...more }]
  // As a beacon sends it: text, and the key in the body.
  const answer = await ingest.send('/v1/batch', JSON.stringify({ writeKey: keys.write, batch, ...body }), {
    key: '',
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
  })
  const { rejected } = (await answer.json()) as { rejected: { path: string }[] }
  if (rejected[0]) return rejected[0].path
  const [row] = await ingest.ask<{ visitor_id: string }>(
    `SELECT visitor_id FROM events WHERE message_id = '${messageId}'`,
  )
  return row?.visitor_id
}
const phone = { 'x-forwarded-for': '6.6.6.6, 203.0.113.7', 'user-agent': 'Mozilla/5.0 (iPhone)' }

test('one address and browser is one visitor all day and another one on the next, by the store’s clock', async () => {
  ingest.setNow('2030-03-01T10:00:00Z')
  const first = await visitorOf(phone)
  expect(first).toMatch(/^day_[0-9a-f]{32}$/)
  ingest.setNow('2030-03-01T15:59:59Z')
  expect(await visitorOf(phone)).toBe(first)
  expect(await visitorOf({ ...phone, 'x-forwarded-for': '1.1.1.1, 203.0.113.7' })).toBe(first)
  // Midnight in Shanghai.
  ingest.setNow('2030-03-01T16:00:00Z')
  const second = await visitorOf(phone)
  expect(second).toMatch(/^day_/)
  expect(second).not.toBe(first)
})

test('another address, another browser is another visitor', async () => {
  ingest.setNow('2030-03-03T10:00:00Z')
  const all = [
    await visitorOf(phone),
    await visitorOf({ ...phone, 'x-forwarded-for': '203.0.113.8' }),
    await visitorOf({ ...phone, 'user-agent': 'Mozilla/5.0 (Android)' }),
  ]
  expect(new Set(all).size).toBe(3)
})

test('who is named stays so, and only the tracker may leave a visitor out', async () => {
  expect(await visitorOf(phone, { anonymousId: 'v-1' })).toBe('v-1')
  expect(await visitorOf(phone, {}, {})).toBe('anonymousId')
  const named = await visitorOf(phone, { userId: 'customer-1' })
  expect(named).toMatch(/^day_/)
  expect(named).toBe(await visitorOf(phone))
})

test('no address is kept anywhere', async () => {
  ingest.setNow('2030-03-04T10:00:00Z')
  await visitorOf({ ...phone, 'x-forwarded-for': '203.0.113.99' })
  const [row] = await ingest.ask<{ n: number }>(
    `SELECT count() AS n FROM events WHERE formatRow('JSONEachRow', *) LIKE '%203.0.113.99%'`,
  )
  expect(row?.n).toBe(0)
})

test('processes agree on the salt of a store and a day, and Redis forgets it at the store’s midnight', async () => {
  const { redis, stop } = await startRedis()
  const [one, other] = [new VisitorSalts(redis, log), new VisitorSalts(redis, log)]
  const shanghai = { store_id: 'main', name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
  const at = Date.parse('2030-03-01T10:00:00Z')
  const salt = await one.of(shanghai, at)
  expect(await other.of(shanghai, at + 3_600_000)).toBe(salt)
  expect(await one.of({ ...shanghai, store_id: 'second' }, at)).not.toBe(salt)
  const key = 'guanlan:visitor-salt:main:2030-03-01'
  expect(await redis.get(key)).toBe(salt)
  expect(await redis.pexpiretime(key)).toBe(Date.parse('2030-03-01T16:00:00Z'))
  expect(await other.of(shanghai, Date.parse('2030-03-01T16:00:00Z'))).not.toBe(salt)
  one.close()
  other.close()
  await stop()
})

test('after midnight the salt is in none of Redis’s files', async () => {
  const directory = await temporaryDirectory()
  const { redis, stop } = await startRedis(directory)
  await redis.config('SET', 'appendonly', 'yes')
  const files = async () => {
    const folder = join(directory, 'appendonlydir')
    const names = (await readFile(join(folder, 'appendonly.aof.manifest'), 'utf8')).matchAll(/^file (\S+)/gm)
    return (await Promise.all([...names].map(([, name]) => readFile(join(folder, name ?? ''), 'latin1')))).join()
  }
  // Redis may take a file away between the list and the look: then it is looked at again.
  const told = (salt: string) => files().then((text) => text.includes(salt))
  await until('Redis appends', async () => (await redis.info('persistence')).includes('aof_rewrite_in_progress:0'))
  const salts = new VisitorSalts(redis, log)
  const store = { store_id: 'main', name: 'Main', time_zone: 'UTC', currency: 'CNY' }
  // A tenth of a second before the end of a day that Redis's clock has ahead of it.
  const salt = await salts.of(store, Date.parse('2030-03-01T23:59:59.900Z'))
  await until('the salt is on disk', () => told(salt).catch(() => false))
  // What Redis does itself when the day ends.
  await redis.del('guanlan:visitor-salt:main:2030-03-01')
  await until('it is gone', () =>
    told(salt).then(
      (is) => !is,
      () => false,
    ),
  )
  salts.close()
  await stop()
})

test('without Redis a process keeps its own salt for the day', async () => {
  const { redis, stop } = await startRedis()
  await stop()
  const salts = new VisitorSalts(redis, log)
  const store = { store_id: 'main', name: 'Main', time_zone: 'UTC', currency: 'CNY' }
  const salt = await salts.of(store, Date.parse('2030-03-01T10:00:00Z'))
  expect(salt).toMatch(/^[\w-]{43}$/)
  expect(await salts.of(store, Date.parse('2030-03-01T11:00:00Z'))).toBe(salt)
  salts.close()
})
