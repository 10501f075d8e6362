import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import type { Store } from '../access/directory.ts'
import { addressOf } from '../address.ts'
import type { World } from '../world.ts'

type Body = Readonly<Record<string, unknown>>

/** Whether a message is the tracker's and names no visitor: then nothing is kept in the browser. */
export function isCookieless(message: unknown): boolean {
  const { anonymousId, context } = (message ?? {}) as { anonymousId?: unknown; context?: { library?: Body } }
  return (anonymousId ?? '') === '' && context?.library?.name === 'guanlan'
}

/**
 * The id of a visitor whose browser keeps nothing: the same for one store, day, address and browser, and without the
 * day's salt, which nobody has on the next, it leads back to none of them.
 */
export async function cookielessVisitor(world: World, c: Context, store: Store, at: number): Promise<string> {
  const salt = await world.salts.of(store, at)
  const address = addressOf(c, world.addressHeader)
  const seen = [store.store_id, address, c.req.header('user-agent') ?? ''].join('\n')
  return `day_${createHmac('sha256', salt).update(seen).digest('hex').slice(0, 32)}`
}
