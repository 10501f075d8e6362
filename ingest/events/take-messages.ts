import { setImmediate as nextTurn } from 'node:timers/promises'
import { keep } from '../keep.ts'
import { Problem } from '../problem.ts'
import { rejectedLine } from '../rejected.ts'
import type { World } from '../world.ts'
import type { FieldProblem } from './field-problem.ts'
import { type Arrival, toEvent } from './to-event.ts'

interface Refusal {
  /** Its place in the batch, from 0. */
  index: number
  path: string
  message: string
}

/** What became of a batch. */
export interface Taken {
  success: true
  accepted: number
  rejected: Refusal[]
  /** Accepted, with something to say: a purchase that made no order. */
  warnings?: Refusal[]
}

/** A batch is kept in memory until it is on disk, its refused messages with their reasons too. */
const mostMessages = 10_000
/** So many are read before others get a turn. */
const turn = 500

/**
 * Reads messages and spools what they make; each stands or falls alone.
 * @returns when everything is on disk, the refused ones with their reasons too
 * @throws Problem 413 for too many; 503 when the spool takes nothing more
 */
export async function takeMessages(
  world: World,
  messages: unknown[],
  arrival: Omit<Arrival, 'personal'>,
): Promise<Taken> {
  if (messages.length > mostMessages) {
    throw new Problem('body_too_large', `A batch may have ${mostMessages} messages. Send it in parts.`)
  }
  const { personal, metrics } = world
  const { store, receivedAt, protocol } = arrival
  const events: string[] = []
  const orders: string[] = []
  const refused: string[] = []
  const rejected: Refusal[] = []
  const warnings: Refusal[] = []
  let bots = 0
  const refuse = (payload: unknown, problem: FieldProblem) => {
    const facts = { store_id: store.store_id, personal, receivedAt, kind: 'event', protocol }
    refused.push(rejectedLine({ ...facts, problem, payload }))
    metrics.rejected.inc({ store: store.store_id, kind: 'event', reason: problem.code })
  }
  const whole = { ...arrival, personal }
  for (const [index, sent] of messages.entries()) {
    if (index % turn === turn - 1) await nextTurn()
    const result = toEvent(sent, whole)
    if ('problem' in result) {
      const { path, message } = result.problem
      rejected.push({ index, path, message })
      refuse(sent, result.problem)
      continue
    }
    events.push(result.line)
    if (result.is_bot) bots++
    if (result.order) orders.push(result.order)
    if (!result.warning) continue
    const { path, message } = result.warning
    warnings.push({ index, path, message })
    refuse(sent, result.warning)
  }
  await keep(world, [
    { table: 'events', lines: events, stores: [store.store_id] },
    { table: 'orders', lines: orders, stores: [store.store_id] },
    { table: 'rejected_events', lines: refused, stores: [store.store_id] },
  ])
  metrics.accepted.inc({ store: store.store_id, kind: 'event' }, events.length)
  if (bots > 0) metrics.bots.inc({ store: store.store_id }, bots)
  return { success: true, accepted: events.length, rejected, ...(warnings.length > 0 && { warnings }) }
}
