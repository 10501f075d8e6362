import { isObject } from '../is-object.ts'
import type { Metrics } from '../metrics.ts'

/** Why a browser gave a message up, as it says it, and the word for that: of an answer it tells the status. */
const words: Record<string, string> = { overflow: 'overflow', retries: 'retries', '413': 'too_large' }

const wordOf = (reason: string): string | undefined =>
  Object.hasOwn(words, reason) ? words[reason] : /^4\d\d$/.test(reason) ? 'refused' : undefined

/** Characters that a tracker remembers, with room for one more reason. */
const longest = 10_020

/**
 * Counts the messages that a browser says it has lost.
 * @param context of a batch: its `lost` is one reason for each message, with a comma after it; anything else counts nothing
 */
export function countLosses({ trackerLost }: Pick<Metrics, 'trackerLost'>, store: string, context: unknown): void {
  if (!isObject(context) || typeof context.lost !== 'string') return
  for (const each of context.lost.slice(0, longest).split(',')) {
    const reason = wordOf(each)
    if (reason) trackerLost.inc({ store, reason })
  }
}

/** How many were lost since this process started, of all stores. */
export async function lossesSoFar({ trackerLost }: Pick<Metrics, 'trackerLost'>): Promise<number> {
  const { values } = await trackerLost.get()
  return values.reduce((sum, { value }) => sum + value, 0)
}
