import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { type Receiver, startReceiver } from '../testing-receiver.ts'
import { IngestClient } from './ingest-client.ts'
import { Outbox } from './outbox.ts'

let receiver: Receiver
let outbox: Outbox
let stop: AbortController
beforeEach(async () => {
  receiver = await startReceiver()
  stop = new AbortController()
  const log = pino({ level: 'silent' })
  outbox = new Outbox(new IngestClient({ url: receiver.url, key: 'key', log, signal: stop.signal }), 'demo', log)
  return () => receiver.close()
})

const events = async (count: number) => {
  for (let index = 0; index < count; index++) {
    outbox.event({ at: index, message: { messageId: `e${index}`, timestamp: index } })
    await outbox.room()
  }
}

test('facts travel together by kind, a few requests at a time', async () => {
  await events(20_001)
  outbox.record('orders', { order_id: 'a', updated_at: '1' })
  await outbox.flush()
  expect(outbox.sent).toEqual({ events: 20_001, orders: 1 })
  expect(receiver.events.size).toBe(20_001)
  expect(receiver.requests().all).toBe(12)
  expect(receiver.requests().atOnce).toBeLessThanOrEqual(5)
})

test('a busy ingest is waited for as long as it asks, and everything arrives', async () => {
  receiver.answerNext((response) => response.writeHead(429, { 'retry-after': '1' }).end())
  receiver.answerNext((response) => response.writeHead(503).end())
  receiver.answerNext((response) => response.destroy())
  const began = Date.now()
  await events(3)
  await outbox.flush()
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
  expect([...receiver.events.keys()]).toEqual(['e0', 'e1', 'e2'])
})

test('a store that is gone and a refusal are told apart, and are not tried again', async () => {
  const problem = (type: string) => JSON.stringify({ type: `urn:guanlan:problem:${type}` })
  receiver.answerNext((response) => response.writeHead(404).end(problem('unknown_store')))
  await events(1)
  await expect(outbox.flush()).rejects.toMatchObject({ code: 'store_gone' })
  await expect(outbox.room()).rejects.toMatchObject({ code: 'store_gone' })
  expect(receiver.requests().all).toBe(1)
})

test('an end that is asked for ends the waiting', async () => {
  receiver.answerNext((response) => response.writeHead(503, { 'retry-after': '60' }).end())
  await events(1)
  setTimeout(() => stop.abort(), 50)
  await expect(outbox.flush()).rejects.toMatchObject({ name: 'AbortError' })
})
