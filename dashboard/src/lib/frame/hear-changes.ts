interface Listener {
  /** The numbers of the store have changed. */
  changed?(): void
  /** An incident of it has been opened or changed. */
  incidents?(): void
  /** The stream is open, or has broken off; while it is not open changes are missed. */
  connected?(is: boolean): void
}

/** Milliseconds until a stream is asked for again that the browser has given up. */
const patience = 5000
/** As long as a page may take from its numbers to its listening, as the server reckons too. */
const unheardMs = 10_000

/** One stream for everybody on the page who listens to a store: browsers open but a few to a server. */
interface Stream {
  listeners: Set<Listener>
  isOpen: boolean
  /** When each was last told, by performance.now(). */
  told: { changed: number; incidents: number }
  close(): void
}
const streams = new Map<string, Stream>()

function openStream(store: string): Stream {
  let source: EventSource
  let reopening: ReturnType<typeof setTimeout> | undefined
  const stream: Stream = {
    listeners: new Set(),
    isOpen: false,
    told: { changed: Number.NEGATIVE_INFINITY, incidents: Number.NEGATIVE_INFINITY },
    close: () => {
      source.close()
      clearTimeout(reopening)
    },
  }
  const connected = (is: boolean) => {
    stream.isOpen = is
    for (const listener of stream.listeners) listener.connected?.(is)
  }
  const open = () => {
    source = new EventSource(`/api/live?store_id=${encodeURIComponent(store)}`)
    for (const what of ['changed', 'incidents'] as const) {
      source.addEventListener(what, () => {
        stream.told[what] = performance.now()
        for (const listener of stream.listeners) listener[what]?.()
      })
    }
    source.addEventListener('open', () => connected(true))
    source.addEventListener('error', () => {
      connected(false)
      // After an answer that is no stream, as a proxy gives while the server restarts, a browser does not try again.
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, patience)
    })
  }
  open()
  return stream
}

/** Hears from the server that a store has changed, and goes on trying when the stream breaks. @returns stops listening */
export function hearChanges(store: string, listener: Listener): () => void {
  const stream = streams.get(store) ?? openStream(store)
  streams.set(store, stream)
  stream.listeners.add(listener)
  if (stream.isOpen) listener.connected?.(true)
  // Who joins a stream that is open may have got what is on screen before the last change.
  for (const what of ['changed', 'incidents'] as const) {
    if (performance.now() - stream.told[what] < unheardMs) listener[what]?.()
  }
  return () => {
    stream.listeners.delete(listener)
    if (stream.listeners.size > 0) return
    stream.close()
    if (streams.get(store) === stream) streams.delete(store)
  }
}
