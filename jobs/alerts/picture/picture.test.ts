import { writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fallen } from '../deliver/testing.ts'
import { incidentPoints } from './incident-points.ts'
import { incidentPicture } from './picture.ts'

vi.setConfig({ testTimeout: 120_000 })

let server: Awaited<ReturnType<typeof startRedis>>
let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  ;[server, opened] = await Promise.all([startRedis(), openTestWarehouse()])
})
afterAll(async () => {
  await opened.close()
  await server.stop()
})

const store = { store_id: 'main', time_zone: 'Asia/Shanghai', currency: 'CNY' }

/** So many visitors within a minute, each with a page. */
const visitors = (from: string, count: number) =>
  opened.warehouse.command({
    query: `
      INSERT INTO events (store_id, message_id, name, visitor_id, timestamp, occurred_at, received_at)
      SELECT 'main', concat({from:String}, toString(number)), 'page_view', concat({from:String}, toString(number)), at, at, at
      FROM (SELECT number, toDateTime64({from:String}, 3, 'UTC') AS at FROM numbers({count:UInt32}))`,
    query_params: { from, count },
  })

test('the series comes from the warehouse, what was expected from the versions of the incident', async () => {
  await visitors('2026-11-11 02:31:00', 100)
  await visitors('2026-11-11 02:36:00', 40)
  await visitors('2026-11-11 02:41:00', 30)
  await visitors('2026-11-11 02:51:00', 9)
  const incident = { ...fallen, slice: null }
  const write = { store_id: 'main', incident_id: 'i1', actor: 'rules', notify: [] }
  const world = { warehouse: opened.warehouse, redis: server.redis }
  const first = { at: '2026-11-11T02:35:00.000Z', expected: 100, lower: 80, upper: 120, actual: 40 }
  await writeIncident(world, { ...write, read_version: 0, transition: 'opened', value: { ...incident, value: first }, at: new Date() }) // biome-ignore format: a call
  const second = { at: '2026-11-11T02:40:00.000Z', expected: 110, lower: 88, upper: 132, actual: 30 }
  await writeIncident(world, { ...write, read_version: 1, transition: 'updated', value: { ...incident, value: second }, at: new Date() }) // biome-ignore format: a call
  const now = new Date('2026-11-11T02:52:00Z')
  const told = { store, incident_id: 'i1', incident, now }
  const points = await incidentPoints(opened.warehouse, told)
  // Four hours before, and until the bucket that is still being filled.
  expect(points).toHaveLength(48 + 3)
  const nothing = { expected: null, lower: null, upper: null }
  expect(points.slice(-4)).toEqual([
    { at: '2026-11-11T02:30:00.000Z', actual: 100, ...nothing },
    { at: '2026-11-11T02:35:00.000Z', actual: 40, expected: 100, lower: 80, upper: 120 },
    { at: '2026-11-11T02:40:00.000Z', actual: 30, expected: 110, lower: 88, upper: 132 },
    { at: '2026-11-11T02:45:00.000Z', actual: 0, expected: 110, lower: 88, upper: 132 },
  ])
  const daily = { ...incident, grain: 'day' as const, began_at: '2026-11-10T16:00:00.000Z' }
  const days = await incidentPoints(opened.warehouse, { ...told, incident: daily })
  expect([days.length, days[0]?.at, days.at(-1)?.at]).toEqual([
    29,
    '2026-10-13T16:00:00.000Z',
    '2026-11-10T16:00:00.000Z',
  ])
  expect((await incidentPicture(opened.warehouse, told)).subarray(1, 4).toString('latin1')).toBe('PNG')
})
