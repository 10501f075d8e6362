import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Sends batches of events, each again and again until it is acknowledged, as a shop's SDK does.
 * @returns the ids acknowledged, and how often a batch had to be sent again
 */
export async function sendSteadily(
  ingest: string,
  writeKey: string,
  {
    until,
    batch = 100,
    lanes = 4,
    pauseMs = 0,
  }: { until: () => boolean; batch?: number; lanes?: number; pauseMs?: number },
): Promise<{ acknowledged: string[]; resent: number }> {
  const acknowledged: string[] = []
  let resent = 0
  let next = 0
  const lane = async () => {
    while (!until()) {
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
        resent++
        await sleep(100)
      }
      acknowledged.push(...ids)
      await sleep(pauseMs)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { acknowledged, resent }
}
