import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readEnv } from '../../../env.ts'
import { endpoint } from './api/endpoint.ts'
import { ask, type PageWorld } from './ask.ts'
import { closeConnections, connections, openConnections } from './connections.ts'
import { forgetSettings } from './settings/remember-settings.ts'

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  // Nobody is there: what is asked here is counted, and asks nothing itself.
  const nowhere = { CLICKHOUSE_URL: 'http://127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1', LOG_LEVEL: 'silent' }
  openConnections(readEnv(nowhere))
})
afterAll(async () => {
  vi.useRealTimers()
  await closeConnections()
})

let asked = 0
beforeEach(() => {
  asked = 0
})
const counted = endpoint({
  ...{ name: 'counted', method: 'GET', summary: '', description: '', example: { store_id: 'main' } },
  request: z.object({ store_id: z.string() }),
  answer: z.number(),
  ask: async () => ++asked,
  table: () => ({ columns: [], rows: [] }),
})
const world = (store_id: string, seldom: boolean): PageWorld => {
  const { warehouse, log } = connections()
  const store = { store_id, name: '', time_zone: 'Asia/Shanghai', currency: 'CNY' }
  return { warehouse, log, store, asked: {}, seldom }
}
const askOf = (store_id: string, seldom = false) => ask(world(store_id, seldom), counted, { store_id })

test('an answer is shared until a change is told or a setting changes', async () => {
  expect([await askOf('quick'), await askOf('quick')]).toEqual([1, 1])
  connections().changes.tell('quick')
  expect(await askOf('quick')).toBe(2)
  forgetSettings()
  expect(await askOf('quick')).toBe(3)
})

test('who is given a seldom answer from before a change is told again when it can be asked anew, and no more', async () => {
  const { changes } = connections()
  let heard = 0
  changes.listen('seldom', () => heard++)
  expect(await askOf('seldom', true)).toBe(1)
  await vi.advanceTimersByTimeAsync(10_000)
  changes.tell('seldom')
  expect([heard, await askOf('seldom', true)]).toEqual([1, 1])
  await vi.advanceTimersByTimeAsync(29_000)
  expect(heard).toBe(1)
  await vi.advanceTimersByTimeAsync(1000)
  expect([heard, await askOf('seldom', true)]).toEqual([2, 2])
  await vi.advanceTimersByTimeAsync(120_000)
  expect(heard).toBe(2)
})
