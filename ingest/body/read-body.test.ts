import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { answerProblem, Problem } from '../problem.ts'
import { InFlight } from './in-flight.ts'
import { readBody } from './read-body.ts'

type Body = ConstructorParameters<typeof Response>[0]

function open(inFlight = new InFlight(1000)) {
  const app = new Hono()
  app.post('/', async (c) => {
    const held = inFlight.hold()
    try {
      return c.text(await readBody(c, { maxBytes: 100_000, held, patienceMs: 20 }))
    } finally {
      held.release()
    }
  })
  app.onError((error, c) => answerProblem(c, error instanceof Problem ? error : new Problem('internal', String(error))))
  const send = (body: Body, headers: Record<string, string> = {}) =>
    app.request('/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
  return { send, inFlight }
}

const packed = gzipSync('x'.repeat(2000)) as unknown as Body
const gzip = { 'content-encoding': 'gzip' }

test('a packed body is counted as what it unpacks to, and a body of unknown length as what came', async () => {
  const { send, inFlight } = open()
  expect((await send(packed, gzip)).status).toBe(200)
  const other = inFlight.hold()
  other.grow(1)
  expect((await send(packed, gzip)).status).toBe(429)
  expect((await send(new Blob(['x'.repeat(2000)]).stream())).status).toBe(429)
  expect(inFlight.bytes).toBe(1)
})

test('a body that stops coming is given up, and takes no room any more', async () => {
  const { send, inFlight } = open()
  const stalled = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(10)) })
  expect((await send(stalled)).status).toBe(408)
  expect(inFlight.bytes).toBe(0)
})

test('a body that breaks off is unreadable', async () => {
  const { send } = open()
  const broken = new ReadableStream({ pull: (stream) => stream.error(new Error('gone')) })
  expect((await send(broken)).status).toBe(400)
  expect((await send('not gzip', gzip)).status).toBe(400)
})
