import { type Context, Hono } from 'hono'
import { authoriseStore } from '../access/authorise.ts'
import type { Store } from '../access/directory.ts'
import type { Held } from '../body/in-flight.ts'
import { parseJson, readBody } from '../body/read-body.ts'
import { LineTooLong, readLines } from '../body/read-lines.ts'
import { streamBody } from '../body/stream-body.ts'
import { Problem } from '../problem.ts'
import type { World } from '../world.ts'
import { recordKinds } from './kinds.ts'
import { planKinds } from './plans.ts'
import { PlanTaker } from './take-plans.ts'
import { RecordTaker } from './take-records.ts'
import { NotJson, type TakenRecords } from './takings.ts'

const longestLine = 1024 * 1024

interface Taker {
  readonly taken: TakenRecords
  take: (records: unknown[]) => Promise<void>
}

/** So many records, or their text, are spooled together. */
const pieceRecords = 500
const pieceLength = 1024 * 1024

const isNdjson = (c: Context) => /ndjson|jsonl|json-seq|json-lines/i.test(c.req.header('content-type') ?? '')

const parseLine = (line: string | LineTooLong): unknown => {
  if (line instanceof LineTooLong) return new NotJson(line.message)
  try {
    return JSON.parse(line)
  } catch {
    return new NotJson(line)
  }
}

/** Reads in passing: however long the body, a piece of it is in memory. */
async function takeLines(c: Context, taker: Taker): Promise<void> {
  let piece: unknown[] = []
  let length = 0
  const body = streamBody(c)
  try {
    for await (const line of readLines(body, longestLine)) {
      piece.push(parseLine(line))
      length += typeof line === 'string' ? line.length : longestLine
      if (piece.length < pieceRecords && length < pieceLength) continue
      await taker.take(piece)
      piece = []
      length = 0
    }
  } catch (error) {
    // What is no fault of the body's is told like any other failure of ours.
    if (body.errored !== error) throw error
    const kept = `${taker.taken.accepted} records before it were kept`
    throw new Problem('unreadable_body', `The body breaks off or is packed wrongly; ${kept}.`, { cause: error })
  } finally {
    body.destroy()
  }
  await taker.take(piece)
}

async function takeArray(c: Context, taker: Taker, bounds: { maxBytes: number; held: Held }): Promise<void> {
  const text = await readBody(c, bounds)
  const body = text.trimStart().startsWith('{')
    ? text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parseLine)
    : parseJson(text)
  if (!Array.isArray(body)) throw new Problem('unreadable_body', 'The body is a JSON array of records, or NDJSON.')
  for (let start = 0; start < body.length; start += pieceRecords)
    await taker.take(body.slice(start, start + pieceRecords))
}

/** @throws Problem 404 for a kind that nobody knows */
function takerOfKind(world: World, name: string): (arrival: { store: Store; receivedAt: number }) => Taker {
  const kind = recordKinds.get(name)
  if (kind) return (arrival) => new RecordTaker(world, name, kind, arrival)
  const plans = planKinds.get(name)
  if (plans) return (arrival) => new PlanTaker(world, name, plans, arrival)
  const known = [...recordKinds.keys(), ...planKinds.keys()].join(', ')
  throw new Problem('unknown_kind', `There are records of these kinds: ${known}.`)
}

/** `POST /v1/records/<kind>`: upserts by natural key and `updated_at`; good records go in when others are bad. */
export function records(world: World): Hono {
  return new Hono().post('/:kind', async (c) => {
    const name = c.req.param('kind')
    const takerOf = takerOfKind(world, name)
    const store_id = c.req.query('store_id')
    const receivedAt = world.now()
    const store = await authoriseStore(c, world, { scopes: ['server'], store_id })
    const ndjson = isNdjson(c)
    const held = world.inFlight.hold()
    try {
      const taker = takerOf({ store, receivedAt })
      if (ndjson) held.grow(2 * pieceLength)
      await (ndjson ? takeLines(c, taker) : takeArray(c, taker, { maxBytes: world.maxBodyBytes, held }))
      return c.json(taker.taken satisfies TakenRecords)
    } finally {
      held.release()
    }
  })
}
