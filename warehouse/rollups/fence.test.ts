import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Warehouse } from '../client.ts'
import { openTestWarehouse } from '../testing.ts'
import { readClock } from './execute.ts'
import { catchUpAttribution } from './recompute-attribution.ts'
import { catchUpSessions } from './recompute-sessions.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const store_id = 'paused'
const hold = async () => {}
const at = '2026-11-01 10:00:00.000'
const times = { received_at: at, inserted_at: at }

/** As if the process had been paused between its proof and the write: its fence is long past when the statement comes. */
const late = (warehouse: Warehouse) =>
  new Proxy(warehouse, {
    get: (target, name) =>
      name === 'command'
        ? (asked: Parameters<Warehouse['command']>[0]) =>
            target.command({ ...asked, query_params: { ...asked.query_params, fence: at } })
        : Reflect.get(target, name).bind(target),
  })

async function sessions(warehouse: Warehouse) {
  const did = { sessions: 0 }
  const now = await readClock(warehouse)
  await catchUpSessions(warehouse, { store_id, mode: 'gap', now, hold, did })
  return did
}

async function attributions(warehouse: Warehouse) {
  const did = { attributions: 0 }
  await catchUpAttribution(warehouse, { store_id, hold, did })
  return did
}

test('a write that comes after its fence fails, so that the next run makes the same sessions', async () => {
  const event = { store_id, message_id: '1', name: 'page_view', visitor_id: 'v', timestamp: at, occurred_at: at }
  await opened.warehouse.insert({ table: 'events', format: 'JSONEachRow', values: [{ ...event, ...times }] })
  await expect(sessions(late(opened.warehouse))).rejects.toThrow('The hold is too old to write by.')
  expect(await sessions(opened.warehouse)).toEqual({ sessions: 1 })
  expect(await sessions(opened.warehouse)).toEqual({ sessions: 0 })
})

test('a write that comes after its fence fails, so that the next run makes the same attribution', async () => {
  const order = { store_id, order_id: '1', source: 'ledger', status: 'paid', placed_at: at, updated_at: at }
  await opened.warehouse.insert({ table: 'orders', format: 'JSONEachRow', values: [{ ...order, ...times }] })
  await expect(attributions(late(opened.warehouse))).rejects.toThrow('The hold is too old to write by.')
  expect(await attributions(opened.warehouse)).toEqual({ attributions: 1 })
})
