import type { Logger } from 'pino'
import type { Changes } from './changes.ts'

const heartbeatMs = 20_000
/** As long as a page may take from its numbers to its stream: a change told meanwhile is told again. */
const unheardMs = 10_000
/** Open streams of one asker: a shop's screens share a login, and yet are not so many. */
const most = 100
const changedEvent = 'event: changed\ndata: {}\n\n'
const incidentsEvent = 'event: incidents\ndata: {}\n\n'

interface Stream {
  by: string
  end: () => void
}

const open = new Set<Stream>()

/** Ends every open stream; called when the server stops, so that browsers connect to the next one at once. */
export const endStreams = (): void => {
  for (const { end } of open) end()
}

interface Hearing {
  /** Who hears; of too many streams of one the oldest ends. */
  by: string
  /** Whether they still may: asked again at every heartbeat, for a stream may outlive a login. */
  mayStill(): Promise<boolean>
  log: Logger
}

/**
 * Server-sent events: `changed` whenever the store's numbers have, `incidents` when those have, and a heartbeat by which a
 * dead connection is found out.
 */
export function changesOf(changes: Changes, storeId: string, { by, mayStill, log }: Hearing): Response {
  let end = () => {}
  const missed = new Set<string>()
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): boolean => {
        const hasRoom = (controller.desiredSize ?? 0) > 0
        if (hasRoom) controller.enqueue(encoder.encode(text))
        return hasRoom
      }
      // For a reader that is stalled one of each kind is kept, and no more memory: it says the same as many.
      const tell = (event: string) => {
        if (!send(event)) missed.add(event)
      }
      const stops = [
        changes.listen(storeId, () => tell(changedEvent)),
        changes.incidents.listen(storeId, () => tell(incidentsEvent)),
      ]
      const heartbeat = setInterval(() => {
        send(':\n\n')
        mayStill().then(
          (may) => may || end(),
          // It cannot be found out now; the next heartbeat asks again.
          () => {},
        )
      }, heartbeatMs)
      const one: Stream = { by, end: () => end() }
      end = () => {
        if (!open.delete(one)) return
        clearInterval(heartbeat)
        for (const stop of stops) stop()
        try {
          controller.close()
        } catch {
          // The reader has gone already.
        }
      }
      open.add(one)
      const [oldest, ...others] = [...open].filter((each) => each.by === by)
      if (others.length >= most) {
        log.warn({ by, most }, 'somebody has too many streams open; the oldest ends')
        oldest?.end()
      }
      const unheard = (told: Pick<Changes, 'hasTold'>, event: string) => (told.hasTold(storeId, unheardMs) ? event : '')
      send(`retry: 2000\n\n${unheard(changes, changedEvent)}${unheard(changes.incidents, incidentsEvent)}`)
    },
    pull(controller) {
      if (missed.size > 0) controller.enqueue(encoder.encode([...missed].join('')))
      missed.clear()
    },
    cancel: () => end(),
  })
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
