import { pino } from 'pino'
import { expect, test } from 'vitest'
import { fill } from './fill.ts'
import { Visits } from './life/visits.ts'
import { Live } from './live.ts'
import { IngestClient } from './send/ingest-client.ts'
import { Outbox } from './send/outbox.ts'
import { dayOf, hour, parseDay } from './shop/calendar.ts'
import { type Receiver, startReceiver } from './testing-receiver.ts'

const shop = { seed: 1, anchor: parseDay('2026-11-20') }
const from = shop.anchor - 2
const { signal } = new AbortController()
const log = pino({ level: 'silent' })
const visits = new Visits(shop)

const outboxFor = ({ url }: Receiver) => new Outbox(new IngestClient({ url, key: 'key', log, signal }), 'demo', log)

const filled = async (receiver: Receiver, until: number) => {
  const outbox = outboxFor(receiver)
  await fill({ shop, visits, outbox, from, newest: dayOf(until), until, signal, onStretch: () => {} })
}

const sorted = (facts: Map<string, unknown>) => [...facts].sort(([one], [other]) => (one < other ? -1 : 1))

test('followed by the minute, stopped for hours, over midnight and resumed: the same shop as when told in one go', async () => {
  const [inOneGo, followed] = await Promise.all([startReceiver(), startReceiver()])
  const start = Date.parse('2026-11-20T09:30:00+08:00')
  const end = Date.parse('2026-11-21T02:10:00+08:00')
  await filled(inOneGo, end)

  await filled(followed, start)
  const first = new Live({ shop, visits, outbox: outboxFor(followed), from, after: start })
  let at = start + 90_000
  await first.catchUp(at)
  for (; at < start + 4 * hour; at += 60_000) await first.goOn(at)
  // Another process, hours later, that knows what was told until the last round.
  const second = new Live({ shop, visits: new Visits(shop), outbox: outboxFor(followed), from, after: at - 60_000 })
  at += 3.5 * hour
  await second.catchUp(at)
  for (; at < end; at += 10 * 60_000) await second.goOn(at)
  await second.goOn(end)

  expect(followed.events.size).toBe(inOneGo.events.size)
  expect(sorted(followed.events)).toEqual(sorted(inOneGo.events))
  expect(sorted(followed.records)).toEqual(sorted(inOneGo.records))
  expect(sorted(followed.views)).toEqual(sorted(inOneGo.views))
  expect(followed.views.size).toBeGreaterThan(100)
  await Promise.all([inOneGo.close(), followed.close()])
}, 120_000)

test('nothing that lies in the future is told', async () => {
  const receiver = await startReceiver()
  const until = Date.parse('2026-11-20T14:00:00+08:00')
  await filled(receiver, until)
  const latest = [...receiver.events.values()].reduce((last, { timestamp }) => Math.max(last, Number(timestamp)), 0)
  expect(latest).toBeLessThanOrEqual(until)
  expect(latest).toBeGreaterThan(until - 60_000)
  const now = new Date(until).toISOString()
  for (const record of receiver.records.values()) {
    for (const [field, value] of Object.entries(record)) {
      const isPlan = field.startsWith('estimated_') || field === 'starts_at' || field === 'ends_at'
      if (/_at$/.test(field) && !isPlan) expect([field, String(value) <= now]).toEqual([field, true])
    }
  }
  await receiver.close()
})
