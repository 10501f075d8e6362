import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { startRedis } from '../testing-redis.ts'
import { readIncidents, readTimeline } from './read-incidents.ts'
import { openIncident } from './testing-incident.ts'
import { writeIncident } from './write-incident.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  ;[opened, server] = await Promise.all([openTestWarehouse(), startRedis()])
})
afterAll(async () => {
  await server.stop()
  await opened.close()
})

const at = new Date('2026-11-11T12:00:00Z')
const write = (values: object = {}) =>
  writeIncident(
    { warehouse: opened.warehouse, redis: server.redis },
    { store_id: 's', incident_id: 'a', read_version: 0, transition: 'opened', value: openIncident(), notify: ['group'], actor: 'watch', at, ...values },
  ) // biome-ignore format: one write

test('versions follow one another, and who has read an older one is told', async () => {
  const first = await write()
  expect(first).toMatchObject({ version: 1, notify: ['group'], at: '2026-11-11T12:00:00.000Z' })
  await expect(write()).rejects.toMatchObject({ code: 'changed_meanwhile' })
  const value = openIncident({ state: 'resolved', resolved_at: '2026-11-11T12:30:00.000Z' })
  const over = { read_version: 1, transition: 'resolved', value, at: new Date('2026-11-11T12:30:00Z') }
  const both = await Promise.allSettled([write(over), write(over)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const timeline = await readTimeline(opened.warehouse, { store_id: 's', incident_id: 'a' })
  expect(timeline.map(({ version, transition }) => [version, transition])).toEqual([[1, 'opened'], [2, 'resolved']]) // biome-ignore format: one line
})

test('incidents are found as they stand, by state, time, rule and metric', async () => {
  await write({ incident_id: 'b', value: openIncident({ opened_at: '2026-11-11T13:00:00.000Z' }) })
  const ids = async (where: object) =>
    (await readIncidents(opened.warehouse, { store_id: 's', ...where })).map(({ incident_id }) => incident_id)
  expect(await ids({})).toEqual(['b', 'a'])
  expect(await ids({ states: ['open'] })).toEqual(['b'])
  // Over before it.
  expect(await ids({ from: '2026-11-11 12:31:00.000' })).toEqual(['b'])
  expect(await ids({ from: '2026-11-11 12:30:00.000', to: '2026-11-11 13:00:00.000' })).toEqual(['a'])
  expect(await ids({ rule_id: 'other' })).toEqual([])
  expect(await ids({ metric: 'sessions', limit: 1 })).toEqual(['b'])
})
