import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'

const day = 24 * 60 * 60
/** A session ends after 7 days without a request, and after 30 days in any case. */
export const sessionLimits = { idle_seconds: 7 * day, absolute_seconds: 30 * day }

const session = z.object({
  user_id: z.string(),
  /** What the password was: a session ends when it changes. */
  credential: z.string(),
  started_at: z.number(),
})
export type Session = z.output<typeof session>

/** Sessions cannot be read: Redis, which keeps them, does not answer. */
export class SessionsAway extends Error {
  override name = 'SessionsAway'
}

// Only the hash is kept: who reads Redis cannot become anybody.
const keyOf = (token: string) => `session:${createHash('sha256').update(token).digest('hex')}`

/** Begins a session. @returns the token for the cookie; it is kept nowhere */
export async function startSession(redis: Redis, who: Omit<Session, 'started_at'>, now = Date.now()): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await redis.set(keyOf(token), JSON.stringify({ ...who, started_at: now }), 'EX', sessionLimits.idle_seconds)
  return token
}

/**
 * The session of a token, prolonged; undefined when it has ended or never was.
 * @throws SessionsAway
 */
export async function findSession(redis: Redis, token: string, now = Date.now()): Promise<Session | undefined> {
  const kept = await redis.getex(keyOf(token), 'EX', sessionLimits.idle_seconds).catch((cause: unknown) => {
    throw new SessionsAway('Sessions cannot be read.', { cause })
  })
  if (kept === null) return undefined
  const found = session.parse(JSON.parse(kept))
  if (now - found.started_at < sessionLimits.absolute_seconds * 1000) return found
  await endSession(redis, token)
  return undefined
}

/** Ends a session. */
export async function endSession(redis: Redis, token: string): Promise<void> {
  await redis.del(keyOf(token))
}
