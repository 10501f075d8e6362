import type { Warehouse } from '@guanlan/warehouse/client'
import type { Redis } from 'ioredis'
import { createLimit } from './limit.ts'
import { networkOf, siteOf } from './network-of.ts'
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
// Only failures count. What one site may try on an account is half of the account's own limit, so that nobody can lock
// somebody else out from one place; and a guesser with many addresses still has few guesses.
const failuresOf = {
  pair: { points: 10, duration },
  address: { points: 50, duration },
  site: { points: 50, duration },
  account: { points: 100, duration },
}

/** Makes the login of a server; it remembers failures in Redis, and in memory while Redis is away. */
export function createLogin({ warehouse, redis }: { warehouse: Warehouse; redis: Redis }) {
  const limit = (name: keyof typeof failuresOf) => createLimit(redis, `login:${name}`, failuresOf[name])
  const [pair, address, site, account] = [limit('pair'), limit('address'), limit('site'), limit('account')]

  return async ({ email, password, address: from }: Attempt): Promise<LoginOutcome> => {
    const name = email.trim().toLowerCase()
    const network = networkOf(from)
    const keys = { pair: `${name} ${network}`, site: `${name} ${siteOf(from)}` }
    const takes = [
      () => pair.take(keys.pair),
      () => address.take(network),
      () => site.take(keys.site),
      () => account.take(name),
    ]
    // Counted before the password is looked at, so that guesses sent all at once cannot slip past the limit together.
    for (const take of takes) {
      const seconds = await take()
      if (seconds !== undefined) return { outcome: 'wait', seconds }
    }
    const user = (await allUsers(warehouse)).find((each) => sameEmail(each.value.email, email))
    if (!(await isPassword(password, user?.value.password_hash)) || !user) return { outcome: 'wrong' }
    await Promise.all([pair.clear(keys.pair), address.forgive(network), site.forgive(keys.site), account.forgive(name)])
    return { outcome: 'in', token: await startSession(redis, { user_id: user.id, credential: credentialOf(user) }) }
  }
}
