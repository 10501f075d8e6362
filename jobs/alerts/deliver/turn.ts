import { setTimeout as sleep } from 'node:timers/promises'
import { type Mark, markNotifications } from '@guanlan/warehouse/alerts/outbox'
import type { World } from '../../world.ts'
import { afterFailure } from './after-failure.ts'
import { attempt } from './attempt.ts'
import { compose } from './compose.ts'
import { type Context, limitedBy, openContactPoint } from './context.ts'
import type { Delivery } from './delivery.ts'
import { fallbackChain } from './fallback-chain.ts'
import { apart, type Letter, type Parcel, parcelsOf } from './letters.ts'
import { parcelKey } from './parcel-key.ts'
import type { Outgoing, Verdict } from './sender.ts'
import { limits } from './senders/senders.ts'
import { toolsOf } from './tools-of.ts'

/** Longer than an attempt takes: whoever has not written what became of it by then is gone, and it is tried again. */
const leaseMs = 60_000
const smsLeaseMs = 9000

export interface Done {
  sent: number
  failed: number
  given_up: number
  merged: number
  /** Whether more is due at once: a fallback's turn. */
  again: boolean
}

type Here = Pick<World, 'warehouse' | 'log' | 'signal'>

/** Tries again for a while: what a receiver has taken and nobody has noted is sent again. */
async function mark(
  { warehouse }: Here,
  { patienceMs }: Delivery,
  parcel: Parcel,
  how: (letter: Letter) => Omit<Mark, 'notification' | 'key'>,
) {
  const key = parcelKey(parcel)
  const marks = parcel.flatMap((letter) =>
    letter.versions.map((notification) => ({ notification, key, ...how(letter) })),
  )
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      await markNotifications(warehouse, marks)
      return
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(500)
    }
  }
}

const attemptsOf = (letter: Letter) => letter.versions[0].attempts + 1

/** Delivers what one contact point is due, as far as there is room and it takes it. */
export async function takeTurn(
  world: Here,
  delivery: Delivery,
  { context, target, letters }: { context: Context; target: string; letters: Parcel },
): Promise<Done> {
  const done: Done = { sent: 0, failed: 0, given_up: 0, merged: 0, again: false }
  const { store, contactPoints } = context

  const fail = async (parcel: Parcel, verdict: Extract<Verdict, { ok: false }>) => {
    const now = delivery.clock()
    const after = new Map(
      parcel.map((letter) => {
        const chain = fallbackChain(letter.contact_point_id, contactPoints)
        const tried = { target, attempts: attemptsOf(letter) }
        return [letter, afterFailure(tried, verdict, { chain, now, chance: Math.random() })]
      }),
    )
    await mark(world, delivery, parcel, (letter) => after.get(letter) as Omit<Mark, 'notification' | 'key'>)
    for (const [letter, { status, reached, error }] of after) {
      const about = { store_id: store.store_id, incident: letter.incident_id, contact_point: target, reason: error }
      if (status === 'given_up') {
        done.given_up += letter.versions.length
        world.log.error(about, 'a notification is given up: nobody was told')
      } else {
        done.failed += letter.versions.length
        done.again ||= reached !== target
        world.log.warn({ ...about, next: reached }, 'a notification was not delivered; it is tried again')
      }
    }
  }

  const open = openContactPoint(contactPoints.get(target)?.value, delivery.secretKey)
  if (typeof open === 'string') {
    await fail(letters, { ok: false, why: 'never', answer: '', error: open })
    return done
  }
  const { isMerged, ...limit } = limits[open.type]
  const who = limitedBy(open)
  const single = isMerged ? letters : apart(letters)
  const stopped = new Set<string>()
  const parcels = parcelsOf(single, await delivery.limiter.room(who, limit), isMerged)
  for (const [at, parcel] of parcels.entries()) {
    const names = parcel.map(({ contact_point_id, incident_id }) => `${contact_point_id}\n${incident_id}`)
    if (names.some((name) => stopped.has(name))) continue
    if (world.signal.aborted || !(await delivery.limiter.take(who, limit))) break
    const now = delivery.clock()
    const lease = leaseMs + (open.type === 'sms' ? smsLeaseMs * 20 : 0)
    await mark(world, delivery, parcel, (letter) => ({
      ...{ status: 'sending', reached: target, attempts: attemptsOf(letter), error: '' },
      next_at: new Date(+now + lease),
    }))
    let outgoing: Outgoing
    try {
      outgoing = compose(parcel, { context, target, open, delivery, now })
    } catch (error) {
      // A message that cannot be made holds up no other, and is given up like one that nobody takes.
      await fail(parcel, {
        ok: false,
        why: 'again',
        answer: '',
        error: `It cannot be told: ${(error as Error).message}`,
      })
      for (const name of names) stopped.add(name)
      continue
    }
    const { newest } = parcel[0]
    const { verdict, note } = await attempt(world, delivery.metrics, {
      ...{ open, outgoing },
      tools: toolsOf(world, delivery, { context, parcel, open, who, now, cardsLeft: parcels.length - at - 1 }),
      of: {
        ...{ store_id: store.store_id, contact_point_id: target, idempotency_key: outgoing.card.key },
        incident_ids: [...new Set(parcel.map(({ incident_id }) => incident_id))],
        transition: newest.transition,
      },
    })
    if (verdict.ok) {
      await mark(world, delivery, parcel, (letter) => ({
        ...{ status: 'sent', reached: target, attempts: attemptsOf(letter), error: verdict.error ?? '' },
        next_at: now,
      }))
      done.sent += parcel.reduce((sum, { versions }) => sum + versions.length, 0)
      done.merged += parcel.length > 1 ? parcel.length : 0
      await note(await verdict.follow?.())
    } else {
      if (verdict.why === 'limited') await delivery.limiter.block(who, verdict.after_ms ?? leaseMs)
      await fail(parcel, verdict)
      for (const name of names) stopped.add(name)
      await note()
    }
    // A receiver that is away or has had too much is not asked about each letter.
    if (!verdict.ok && verdict.why !== 'never') break
  }
  return done
}
