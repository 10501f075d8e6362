import type { Mark } from '@guanlan/warehouse/alerts/outbox'
import type { Verdict } from './sender.ts'

/** Seconds before the second attempt, the third, …: eight attempts in about an hour. */
const waits = [5, 15, 45, 120, 300, 900, 2100]
const jitter = 0.2
/** Where somebody else can be told, they are after a minute: an alarm that comes an hour late is none. */
const attemptsBeforeFallback = 4

interface Tried {
  target: string
  /** At the target, this one included. */
  attempts: number
}

type Failure = Pick<Extract<Verdict, { ok: false }>, 'why' | 'error' | 'after_ms'>

/**
 * What becomes of a notification that was not delivered: again later, to the next of the chain, or given up. Pure.
 * @param chain who may be told: the contact point that the incident names, its fallback, the fallback's, …
 * @param chance 0 to 1, where in the jitter
 */
export function afterFailure(
  { target, attempts }: Tried,
  { why, error, after_ms }: Failure,
  { chain, now, chance }: { chain: readonly string[]; now: Date; chance: number },
): Omit<Mark, 'notification' | 'key'> {
  const inMs = (ms: number) => new Date(+now + ms)
  if (why === 'limited') {
    // The receiver is there: this was no attempt.
    const next_at = inMs(after_ms ?? 60_000)
    return { status: 'retrying', reached: target, attempts: attempts - 1, next_at, error }
  }
  const next = chain[chain.indexOf(target) + 1]
  const most = next === undefined ? waits.length + 1 : attemptsBeforeFallback
  if (why === 'again' && attempts < most) {
    const seconds = (waits[attempts - 1] ?? 2100) * (1 - jitter + 2 * jitter * chance)
    return { status: 'retrying', reached: target, attempts, next_at: inMs(seconds * 1000), error }
  }
  if (next !== undefined) return { status: 'retrying', reached: next, attempts: 0, next_at: now, error }
  return { status: 'given_up', reached: target, attempts, next_at: now, error }
}
