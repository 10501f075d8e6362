import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again until the answer is not undefined; fails with the last error after the time given. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { seconds = 60, everyMs = 200 }: { seconds?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  let last: unknown
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      last = error
    }
    await sleep(everyMs)
  }
  throw new Error(`${what} did not come about within ${seconds} s`, { cause: last })
}
