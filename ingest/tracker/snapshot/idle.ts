/** A page may do its own work after so long. */
const sliceMs = 12

/** When the page has nothing else to do, or two seconds later. */
const idle = (): Promise<void> =>
  new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 2000 })
    else setTimeout(done, 50)
  })

/** Cuts long work into slices. @returns waits, where it is called, when the slice has been long enough */
export function inSlices(): () => Promise<void> | undefined {
  let since = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - since < sliceMs) return undefined
    return idle().then(() => {
      since = performance.now()
    })
  }
}
