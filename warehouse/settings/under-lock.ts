import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'

export class LockTimeout extends Error {
  override name = 'LockTimeout'
  readonly code = 'lock_timeout'
}

const lockMs = 10_000
const renewScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`
const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/**
 * Looks, then writes, as the only one who does under this name. A lock that ran out while looking is taken again, and
 * looked again: somebody else may have written since.
 * @param look throws when nothing is to be written
 * @throws LockTimeout when others held it for ten seconds, or looking took that long; nothing was written
 */
export async function underLock<T>(
  redis: Redis,
  name: string,
  { look, write }: { look: () => Promise<void>; write: () => Promise<T> },
): Promise<T> {
  const lock = `lock:${name}`
  const token = randomUUID()
  const deadline = Date.now() + lockMs
  const take = async () => {
    while ((await redis.set(lock, token, 'PX', lockMs, 'NX')) === null) {
      if (Date.now() > deadline) throw new LockTimeout('Others hold the lock.')
      await sleep(25)
    }
  }
  await take()
  try {
    await look()
    while ((await redis.eval(renewScript, 1, lock, token, lockMs)) !== 1) {
      if (Date.now() > deadline) throw new LockTimeout('Looking took too long; nothing was written.')
      await take()
      await look()
    }
    return await write()
  } finally {
    await redis.eval(releaseScript, 1, lock, token)
  }
}
