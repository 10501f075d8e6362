import { LockTimeout, underLock } from '@guanlan/warehouse/settings/under-lock'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../connections.ts'
import type { Refusal } from '../settings/refusal.ts'

const lock = 'users'
const renewEveryMs = 2000
const lockMs = 10_000

/**
 * Does what depends on all users and changes one, while nobody else does: two owners who demote each other at the same
 * moment must not both succeed.
 * @param look reads the users, and returns what is then to be done; called again when the lock ran out meanwhile
 * @returns what was done; or, while others hold the lock, that somebody is changing users right now
 */
export async function oneAtATime<T>(look: () => Promise<() => Promise<T>>): Promise<T | Refusal> {
  const { redis } = connections()
  let change: () => Promise<T>
  try {
    return await underLock(redis, lock, {
      look: async () => {
        change = await look()
      },
      write: () => renewed(() => change()),
    })
  } catch (error) {
    if (error instanceof LockTimeout) return { message: m.settings_conflict_now() }
    throw error
  }
}

/** A write that takes long keeps the lock: nobody else may look before it is there to be seen. */
async function renewed<T>(write: () => Promise<T>): Promise<T> {
  const { redis } = connections()
  const timer = setInterval(() => void redis.pexpire(`lock:${lock}`, lockMs).catch(() => {}), renewEveryMs)
  try {
    return await write()
  } finally {
    clearInterval(timer)
  }
}
