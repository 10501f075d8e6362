import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { connections } from '../connections.ts'

const lock = 'lock:users'
const lockMs = 10_000
const release = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/**
 * Does what depends on all users and changes one, while nobody else does: two owners who demote each other at the same
 * moment must not both succeed.
 */
export async function oneAtATime<T>(change: () => Promise<T>): Promise<T> {
  const { redis } = connections()
  const token = randomUUID()
  const deadline = Date.now() + lockMs
  while ((await redis.set(lock, token, 'PX', lockMs, 'NX')) === null) {
    if (Date.now() > deadline) throw new Error('Users are being changed by somebody else for too long.')
    await sleep(25)
  }
  try {
    return await change()
  } finally {
    await redis.eval(release, 1, lock, token)
  }
}
