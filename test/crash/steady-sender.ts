import { setTimeout as sleep } from 'node:timers/promises'

export interface Sending {
  /** The ids acknowledged so far. */
  acknowledged: string[]
  /** How often a batch had to be sent again. */
  resent: number
  /** Ends when the batches under way are acknowledged. */
  stop: () => Promise<void>
}

/** Sends batches of events, each again and again until it is acknowledged, as a shop's SDK does. */
export function startSending(
  ingest: string,
  writeKey: string,
  { batch = 100, lanes = 4, pauseMs = 0 }: { batch?: number; lanes?: number; pauseMs?: number } = {},
): Sending {
  let over = false
  let next = 0
  const lane = async () => {
    while (!over) {
      const ids = Array.from({ length: batch }, () => `event-${next++}`)
      const timestamp = new Date().toISOString()
      const events = ids.map((messageId) => ({
        type: 'page',
        messageId,
        anonymousId: `visitor-${messageId.length}-${messageId.slice(-2)}`,
        timestamp,
        context: { page: { url: 'https://shop.example/', path: '/' } },
      }))
      for (;;) {
        try {
          const answer = await fetch(`${ingest}/v1/batch`, {
            method: 'POST',
            headers: {
              authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
              'content-type': 'application/json',
            },
            body: JSON.stringify({ batch: events, sentAt: new Date().toISOString() }),
            signal: AbortSignal.timeout(10_000),
          })
          if (answer.ok) break
        } catch {
          // Not acknowledged: the batch goes out again.
        }
        sending.resent++
        await sleep(100)
      }
      sending.acknowledged.push(...ids)
      await sleep(pauseMs)
    }
  }
  const sending: Sending = {
    acknowledged: [],
    resent: 0,
    stop: async () => {
      over = true
      await running
    },
  }
  const running = Promise.all(Array.from({ length: lanes }, lane))
  return sending
}
