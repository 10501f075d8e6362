import { expect, test } from 'vitest'
import { openLane } from './places.ts'

const never = new AbortController().signal
const open = (more: Partial<Parameters<typeof openLane>[0]> = {}) =>
  openLane({ name: 'queries', places: 1, queue: 1, queueMs: 60_000, ...more })

test('who waits comes in when a place is given back, and a place given back twice is one place', async () => {
  const lane = open({ queue: 2 })
  const leave = await lane.enter(never)
  const second = lane.enter(never)
  const third = lane.enter(never)
  expect([lane.busy, lane.waiting]).toEqual([1, 2])
  leave()
  leave()
  const leaveSecond = await second
  expect([lane.busy, lane.waiting]).toEqual([1, 1])
  leaveSecond()
  ;(await third)()
  expect([lane.busy, lane.waiting]).toEqual([0, 0])
})

test('a full queue refuses at once', async () => {
  const lane = open({ queue: 0 })
  await lane.enter(never)
  await expect(lane.enter(never)).rejects.toMatchObject({ type: 'TOO_MANY_SIMULTANEOUS_QUERIES', code: 202 })
})

test('nobody waits for ever', async () => {
  const lane = open({ queueMs: 10 })
  await lane.enter(never)
  await expect(lane.enter(never)).rejects.toThrow('waited 0.01 s for a place')
  expect(lane.waiting).toBe(0)
})

test('a client that leaves gives up its turn', async () => {
  const lane = open()
  const leave = await lane.enter(never)
  const client = new AbortController()
  const waiting = lane.enter(client.signal)
  client.abort()
  await expect(waiting).rejects.toMatchObject({ type: 'QUERY_WAS_CANCELLED' })
  leave()
  expect(lane.busy).toBe(0)
})
