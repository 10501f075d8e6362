import type { Changes } from './changes.ts'

const heartbeatMs = 20_000
/** As long as a page may take from its numbers to its stream: a change told meanwhile is told again. */
const unheardMs = 10_000
const changedEvent = 'event: changed\ndata: {}\n\n'

/** Ends every open stream; called when the server stops, so that browsers connect to the next one at once. */
const open = new Set<() => void>()
export const endStreams = (): void => {
  for (const end of open) end()
}

/** Server-sent events: `changed` whenever the store has, and a heartbeat by which a dead connection is found out. */
export function changesOf(changes: Changes, storeId: string): Response {
  let end = () => {}
  let missed = false
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): boolean => {
        const hasRoom = (controller.desiredSize ?? 0) > 0
        if (hasRoom) controller.enqueue(encoder.encode(text))
        return hasRoom
      }
      // For a reader that is stalled one change is kept, and no more memory: it says the same as many.
      const stop = changes.listen(storeId, () => {
        missed ||= !send(changedEvent)
      })
      const heartbeat = setInterval(() => send(':\n\n'), heartbeatMs)
      end = () => {
        if (!open.delete(end)) return
        clearInterval(heartbeat)
        stop()
        try {
          controller.close()
        } catch {
          // The reader has gone already.
        }
      }
      open.add(end)
      send(`retry: 2000\n\n${changes.hasTold(storeId, unheardMs) ? changedEvent : ''}`)
    },
    pull(controller) {
      if (missed) controller.enqueue(encoder.encode(changedEvent))
      missed = false
    },
    cancel: () => end(),
  })
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
