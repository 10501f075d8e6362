import { readWaiting } from '@guanlan/warehouse/alerts/outbox'
import type { Redis } from 'ioredis'
import { type Held, hold } from '../../hold.ts'
import type { Handler, World } from '../../world.ts'
import { readContext } from './context.ts'
import type { Delivery } from './delivery.ts'
import { lettersOf } from './letters.ts'
import { type Done, takeTurn } from './turn.ts'

const patienceMs = 2000

/**
 * Runs as the only one for a contact point, as far as Redis can tell. While it is away the lease in the row `sending` is
 * what keeps others off; where both fail a receiver gets a second copy with the same key.
 * @returns nothing when somebody else is at it
 */
async function alone<T>(redis: Redis, name: string, run: () => Promise<T>): Promise<T | undefined> {
  const late = new Promise<'away'>((resolve) => setTimeout(resolve, patienceMs, 'away').unref())
  const taken = redis.status === 'ready' ? hold(redis, name) : Promise.reject(new Error('Redis is away.'))
  const held: Held | undefined | 'away' = await Promise.race([taken.catch(() => 'away' as const), late])
  if (held === undefined) return undefined
  // One that comes after all is nobody's.
  if (held === 'away') taken.then((one) => one?.release()).catch(() => {})
  try {
    return await run()
  } finally {
    if (held !== 'away') await Promise.race([held.release().catch(() => {}), late])
  }
}

/** Delivers what a store's incidents name and nobody has been told of yet: each contact point by itself, side by side. */
export const createDeliver =
  (delivery: Delivery): Handler<'deliver'> =>
  async (world: World, { store_id }) => {
    const due = async () =>
      lettersOf(
        await readWaiting(world.warehouse, { store_id, now: delivery.clock() }, { by: 'deliver' }),
        delivery.clock(),
      )
    const targets = [...new Set((await due()).map(({ target }) => target))]
    const context = targets.length > 0 ? await readContext(world.warehouse, store_id) : undefined
    if (!context) return { did: {} }
    const turn = async (target: string) =>
      alone(world.redis, `deliver:${store_id}:${target}`, async () => {
        // Once more, now that nobody else is at it.
        const [first, ...rest] = (await due()).filter((letter) => letter.target === target)
        return first && takeTurn(world, delivery, { context, target, letters: [first, ...rest] })
      })
    const turns = await Promise.allSettled(targets.map(turn))
    const done = turns.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []))
    const broken = turns.find((one) => one.status === 'rejected')
    // The others have had their turn: a job that fails is told, and tried again.
    if (broken) throw broken.reason
    const sum = (what: keyof Omit<Done, 'again'>) => done.reduce((total, one) => total + one[what], 0)
    const did = { sent: sum('sent'), failed: sum('failed'), given_up: sum('given_up'), merged: sum('merged') }
    return { did, again: done.some(({ again }) => again) }
  }
