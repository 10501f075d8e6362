/** The page is cut into so many bands of equal height. */
const bands = 50
/** Nobody looks at a page that nobody touches. */
const idleMs = 30_000
const tickMs = 500

export interface Attention {
  /** The lowest band that was seen. */
  reach: number
  /** Milliseconds that each band was on the screen. */
  attention: number[]
}

export const pageHeight = (): number => document.documentElement.scrollHeight

/** Watches what part of the page is on the screen, and for how long. */
export function watchAttention(): { read(): Attention; begin(): void } {
  let attention: number[] = []
  let lowest = 0
  let touchedAt = 0
  let at = 0
  const look = () => {
    const since = performance.now() - at
    at += since
    if (document.hidden) return
    lowest = Math.max(lowest, scrollY + innerHeight)
    if (at - touchedAt > idleMs) return
    const band = (y: number) => Math.min(bands - 1, Math.max(0, Math.floor((y / pageHeight()) * bands)))
    const last = band(scrollY + innerHeight - 1)
    // A timer that was throttled tells of no time that somebody looked.
    const shown = Math.min(since, 2 * tickMs)
    for (let each = band(scrollY); each <= last; each++) attention[each] = (attention[each] ?? 0) + shown
  }
  const touch = () => {
    touchedAt = performance.now()
  }
  for (const name of ['scroll', 'pointermove', 'pointerdown', 'keydown'])
    addEventListener(name, touch, { capture: true, passive: true })
  addEventListener('scroll', () => (lowest = Math.max(lowest, scrollY + innerHeight)), { passive: true })
  setInterval(look, tickMs)
  return {
    begin() {
      attention = Array(bands).fill(0)
      lowest = 0
      at = performance.now()
      touch()
      look()
    },
    read() {
      look()
      const reach = Math.min(bands - 1, Math.max(0, Math.ceil((lowest / pageHeight()) * bands) - 1))
      return { reach, attention: attention.map(Math.round) }
    },
  }
}
