import { createHash } from 'node:crypto'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from './network-of.ts'
import { isPassword } from './password.ts'
import { startSession } from './session.ts'
import { allUsers, credentialOf, sameEmail } from './users.ts'

export type LoginOutcome =
  | { outcome: 'in'; token: string }
  | { outcome: 'wrong' }
  | { outcome: 'wait'; seconds: number }

interface Attempt {
  email: string
  password: string
  /** From where, as the network says. */
  address: string
}

const duration = 15 * 60
// Only failures count. An account's own limit lies above what one address may try in all, so that nobody can lock
// somebody else out from one place; and a guesser with many addresses still has few guesses.
const failuresOf = {
  pair: { points: 10, duration },
  address: { points: 50, duration },
  account: { points: 100, duration },
}

const names = ['pair', 'address', 'account'] as const

/** Makes the login of a server; it remembers failures in Redis, and in memory while Redis is away. */
export function createLogin({ warehouse, redis }: { warehouse: Warehouse; redis: Redis }) {
  const limiter = (name: keyof typeof failuresOf) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `login:${name}`,
      ...failuresOf[name],
      insuranceLimiter: new RateLimiterMemory(failuresOf[name]),
    })
  const limiters = { pair: limiter('pair'), address: limiter('address'), account: limiter('account') }

  return async ({ email, password, address }: Attempt): Promise<LoginOutcome> => {
    // Hashed, so that Redis holds nobody's address and a key has a bounded length.
    const account = email.trim().toLowerCase()
    const network = networkOf(address)
    const keys = { pair: sha256(`${account} ${network}`), address: sha256(network), account: sha256(account) }
    // Counted before the password is looked at, so that guesses sent all at once cannot slip past the limit together.
    try {
      for (const name of names) await limiters[name].consume(keys[name])
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { outcome: 'wait', seconds: Math.ceil(refused.msBeforeNext / 1000) }
      throw refused
    }
    const user = (await allUsers(warehouse)).find((each) => sameEmail(each.value.email, email))
    if (!(await isPassword(password, user?.value.password_hash)) || !user) return { outcome: 'wrong' }
    await limiters.pair.delete(keys.pair)
    await Promise.all([limiters.address.reward(keys.address), limiters.account.reward(keys.account)])
    return { outcome: 'in', token: await startSession(redis, { user_id: user.id, credential: credentialOf(user) }) }
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
