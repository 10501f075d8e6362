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

/** In which band a row of pixels lies. */
const bandOf = (y: number) => Math.min(bands - 1, Math.max(0, Math.floor((y / pageHeight()) * bands)))

/**
 * Watches what part of the page is on the screen, and for how long.
 * @param isShown whether the page shows the view that is on; until it does, nothing counts
 */
export function watchAttention(isShown: () => boolean): { read(): Attention; begin(): void; see(): void } {
  let attention: number[] = []
  let lowest = 0
  let touchedAt = 0
  let at = 0
  const see = () => {
    lowest = Math.max(lowest, scrollY + innerHeight)
  }
  const look = () => {
    const since = performance.now() - at
    at += since
    if (document.hidden || !isShown()) return
    see()
    if (at - touchedAt > idleMs) return
    const last = bandOf(scrollY + innerHeight - 1)
    // A timer that was throttled tells of no time that somebody looked.
    const shown = Math.min(since, 2 * tickMs)
    for (let each = bandOf(scrollY); each <= last; each++) attention[each] = (attention[each] ?? 0) + shown
  }
  const touch = () => {
    touchedAt = performance.now()
  }
  // Scripts scroll too.
  for (const name of ['wheel', 'touchmove', 'pointermove', 'pointerdown', 'keydown'])
    addEventListener(name, touch, { capture: true, passive: true })
  setInterval(look, tickMs)
  return {
    begin() {
      attention = Array(bands).fill(0)
      lowest = 0
      at = performance.now()
      touch()
      look()
    },
    /** The page was scrolled. */
    see,
    read() {
      look()
      return { reach: bandOf(lowest - 1), attention: attention.map(Math.round) }
    },
  }
}
