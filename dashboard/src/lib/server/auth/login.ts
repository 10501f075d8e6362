import { createHash } from 'node:crypto'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
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

// Only failures count. The account's limit is the tighter one: a guesser may have many addresses.
const failuresOf = {
  account: { points: 10, duration: 15 * 60 },
  address: { points: 50, duration: 15 * 60 },
}

/** Makes the login of a server; it remembers failures in Redis, and in memory while Redis is away. */
export function createLogin({ warehouse, redis }: { warehouse: Warehouse; redis: Redis }) {
  const limiter = (name: keyof typeof failuresOf) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `login:${name}`,
      ...failuresOf[name],
      insuranceLimiter: new RateLimiterMemory(failuresOf[name]),
    })
  const limiters = { account: limiter('account'), address: limiter('address') }

  return async ({ email, password, address }: Attempt): Promise<LoginOutcome> => {
    // Hashed, so that Redis holds nobody's address and a key has a bounded length.
    const keys = { account: sha256(email.trim().toLowerCase()), address: sha256(address) }
    // Counted before the password is looked at, so that guesses sent all at once cannot slip past the limit together.
    try {
      await limiters.address.consume(keys.address)
      await limiters.account.consume(keys.account)
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { outcome: 'wait', seconds: Math.ceil(refused.msBeforeNext / 1000) }
      throw refused
    }
    const user = (await allUsers(warehouse)).find((each) => sameEmail(each.value.email, email))
    if (!(await isPassword(password, user?.value.password_hash)) || !user) return { outcome: 'wrong' }
    await limiters.account.delete(keys.account)
    await limiters.address.reward(keys.address)
    return { outcome: 'in', token: await startSession(redis, { user_id: user.id, credential: credentialOf(user) }) }
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
