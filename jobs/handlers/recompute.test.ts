import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { hold } from '../hold.ts'
import type { World } from '../world.ts'
import { recompute } from './recompute.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  server = await startRedis()
  opened = await openTestWarehouse()
  const value = JSON.stringify({ name: 'main', time_zone: 'UTC', currency: 'CNY' })
  const at = '2026-01-01 00:00:00.000'
  await opened.warehouse.insert({
    table: 'settings',
    values: [{ store_id: 'main', kind: 'store', id: 'main', version: 1, value, actor: 'test', at }],
    format: 'JSONEachRow',
  })
})
afterAll(async () => {
  await opened.close()
  await server.stop()
})

function worldOf(signal = new AbortController().signal) {
  const woken: unknown[] = []
  const world: World = {
    ...{ warehouse: opened.warehouse, redis: server.redis, log: pino({ level: 'silent' }), signal },
    wake: async (name, store_id, options) => {
      woken.push([name, store_id, options?.delayMs])
    },
  }
  return { world, woken }
}

test('a store that has just been worked on rests, and is woken when it has', async () => {
  const { world, woken } = worldOf()
  await server.redis.set('rest:recompute:main', '', 'PX', 60_000)
  expect(await recompute(world, { store_id: 'main' })).toEqual({ did: { rested: 1 } })
  expect(woken).toMatchObject([['recompute', 'main', expect.any(Number)]])
  await server.redis.del('rest:recompute:main')
  expect((await recompute(world, { store_id: 'main' })).did).toEqual({
    sessions: 0,
    attributions: 0,
    hours: 0,
    days: 0,
  })
  await server.redis.del('rest:recompute:main')
})

test('a store that another process works on is left to it', async () => {
  const held = await hold(server.redis, 'recompute:main')
  expect(await recompute(worldOf().world, { store_id: 'main' })).toEqual({ did: { held_elsewhere: 1 } })
  await held?.release()
})

test('a run that is to end does so before its next step, gives up its hold and asks for another turn', async () => {
  const { world } = worldOf(AbortSignal.abort())
  expect(await recompute(world, { store_id: 'main' })).toMatchObject({ again: true })
  expect(await hold(server.redis, 'recompute:main')).toBeDefined()
})

test('a run that cannot ask for what follows it, Redis being full, gives up its hold all the same', async () => {
  const at = '2026-11-01 10:00:00.000'
  const times = { placed_at: at, updated_at: at, received_at: at }
  const order = { store_id: 'main', order_id: '1', source: 'ledger', status: 'paid', ...times }
  await opened.warehouse.insert({ table: 'orders', format: 'JSONEachRow', values: [order] })
  const wake = () => Promise.reject(new Error('OOM command not allowed'))
  await server.redis.del('hold:recompute:main', 'rest:recompute:main')
  await expect(recompute({ ...worldOf().world, wake }, { store_id: 'main' })).rejects.toThrow('OOM')
  const held = await hold(server.redis, 'recompute:main')
  expect(held).toBeDefined()
  await held?.release()
})

test('a step that takes longer than a turn is finished, for the next turn could not do it faster', async () => {
  const at = '2026-11-02 10:00:00.000'
  const times = { timestamp: at, occurred_at: at, received_at: at }
  const event = { store_id: 'main', message_id: '1', name: 'page_view', visitor_id: 'v', ...times }
  await opened.warehouse.insert({ table: 'events', format: 'JSONEachRow', values: [event] })
  await server.redis.del('rest:recompute:main')
  vi.useFakeTimers({ toFake: ['Date'] })
  const slow = new Proxy(opened.warehouse, {
    get: (target, name) =>
      name === 'command'
        ? async (asked: Parameters<typeof target.command>[0]) => {
            if (asked.query.includes('INSERT INTO touched_visitors')) vi.setSystemTime(Date.now() + 30_000)
            return target.command(asked)
          }
        : Reflect.get(target, name).bind(target),
  })
  try {
    const { did, again } = await recompute({ ...worldOf().world, warehouse: slow }, { store_id: 'main' })
    expect([did, again]).toEqual([{ sessions: 1, attributions: 0, hours: 0, days: 0 }, true])
  } finally {
    vi.useRealTimers()
  }
})
