import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// argon2id with OWASP's first choice of costs: 19 MiB, two passes, one lane. About 25 ms.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The PHC string of a password under argon2id. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost)

const nobody = hashPassword(randomBytes(16).toString('hex'))

/** Whether the password is the one hashed. Without a hash it takes as long, so that time tells nobody which accounts exist. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobody), password)
  return passwordHash !== undefined && matches
}
