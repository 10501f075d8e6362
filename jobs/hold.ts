import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'

class HoldLost extends Error {
  override name = 'HoldLost'
  readonly code = 'hold_lost'
}

const renewScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`
const releaseScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`

/** Sole right to something for 30 s from the last proof; renewed meanwhile, given up by release. */
export interface Held {
  /** @throws HoldLost when somebody else may have it */
  prove: () => Promise<void>
  release: () => Promise<void>
}

const holdMs = 30_000

/** Takes the sole right to `name`, waiting for it so long; undefined when somebody still has it. */
export async function hold(redis: Redis, name: string, { patienceMs = 0 } = {}): Promise<Held | undefined> {
  const key = `hold:${name}`
  const token = randomUUID()
  const deadline = Date.now() + patienceMs
  while ((await redis.set(key, token, 'PX', holdMs, 'NX')) === null) {
    if (Date.now() >= deadline) return undefined
    await sleep(100)
  }
  const renew = async () => (await redis.eval(renewScript, 1, key, token, holdMs)) === 1
  // A failed renewal is told by the next proof.
  const timer = setInterval(() => void renew().catch(() => {}), holdMs / 3)
  return {
    prove: async () => {
      if (!(await renew())) throw new HoldLost(`Another process has taken over ${name}.`)
    },
    release: async () => {
      clearInterval(timer)
      await redis.eval(releaseScript, 1, key, token)
    },
  }
}
