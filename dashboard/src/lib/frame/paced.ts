/** Work that is asked for again and again. */
export interface Paced {
  (): void
  /** Nothing is begun any more. */
  stop(): void
}

/**
 * Does work at once when it is asked for, but never twice at a time and never sooner than `ms` after it last began, nor
 * before it has rested `ease` times as long as it took: what is asked for meanwhile is done once, afterwards. So a burst
 * costs two, and the last asking is never lost. Work that has failed need not rest.
 */
export function paced(work: () => Promise<unknown>, ms = 0, ease = 0): Paced {
  let busy = false
  let again = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const rest = (left: number) =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, left)
    })
  async function run() {
    busy = true
    do {
      again = false
      const began = performance.now()
      const took = () => performance.now() - began
      let left = 0
      try {
        await work()
        left = ease * took()
      } catch {
        // Who gave the work tells of its failures; the next asking tries again.
      }
      left = Math.max(left, ms - took())
      if (left > 0) await rest(left)
    } while (again && !stopped)
    busy = false
  }
  const ask = () => {
    if (busy) again = true
    else if (!stopped) void run()
  }
  const stop = () => {
    stopped = true
    clearTimeout(timer)
  }
  return Object.assign(ask, { stop })
}
