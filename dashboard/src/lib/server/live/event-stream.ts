import type { Changes } from './changes.ts'

const heartbeatMs = 20_000
/** Events that wait for a reader at most: one of each kind, and more. */
const waiting = 8
/** As long as a page may take from its numbers to its stream: a change told meanwhile is told again. */
const unheardMs = 10_000
const changedEvent = 'event: changed\ndata: {}\n\n'
const incidentsEvent = 'event: incidents\ndata: {}\n\n'

/** Ends every open stream; called when the server stops, so that browsers connect to the next one at once. */
const open = new Set<() => void>()
export const endStreams = (): void => {
  for (const end of open) end()
}

/**
 * Server-sent events: `changed` whenever the store's numbers have, `incidents` when those have, and a heartbeat by which a
 * dead connection is found out.
 */
export function changesOf(changes: Changes, storeId: string): Response {
  let end = () => {}
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => {
          // A reader that is stalled misses changes, not memory: the next one tells it the same.
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text))
        }
        const stops = [
          changes.listen(storeId, () => send(changedEvent)),
          changes.incidents.listen(storeId, () => send(incidentsEvent)),
        ]
        const heartbeat = setInterval(() => send(':\n\n'), heartbeatMs)
        end = () => {
          if (!open.delete(end)) return
          clearInterval(heartbeat)
          for (const stop of stops) stop()
          try {
            controller.close()
          } catch {
            // The reader has gone already.
          }
        }
        open.add(end)
        const unheard = (told: { hasTold: Changes['hasTold'] }, event: string) =>
          told.hasTold(storeId, unheardMs) ? event : ''
        send(`retry: 2000\n\n${unheard(changes, changedEvent)}${unheard(changes.incidents, incidentsEvent)}`)
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: waiting }),
  )
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
