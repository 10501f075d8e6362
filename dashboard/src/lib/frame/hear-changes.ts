interface Listener {
  /** The store has changed. */
  changed(): void
  /** The stream is open, or has broken off; while it is not open changes are missed. */
  connected(is: boolean): void
}

/** Milliseconds until a stream is asked for again that the browser has given up. */
const patience = 5000

/** Hears from the server that a store has changed, and goes on trying when the stream breaks. @returns stops listening */
export function hearChanges(store: string, { changed, connected }: Listener): () => void {
  let source: EventSource
  let reopening: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    source = new EventSource(`/api/live?store_id=${encodeURIComponent(store)}`)
    source.addEventListener('changed', changed)
    source.addEventListener('open', () => connected(true))
    source.addEventListener('error', () => {
      connected(false)
      // After an answer that is no stream, as a proxy gives while the server restarts, a browser does not try again.
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, patience)
    })
  }
  open()
  return () => {
    source.close()
    clearTimeout(reopening)
  }
}
