import { DatabaseError } from './errors.ts'

export interface Lane {
  /** Waits for a place; the answer gives it back. @throws TOO_MANY_SIMULTANEOUS_QUERIES when too many wait, or too long */
  enter(signal: AbortSignal): Promise<() => void>
  readonly busy: number
  readonly waiting: number
}

/** A bounded number of places with a bounded queue of those who wait for one, first come first served. */
export function openLane(options: { name: string; places: number; queue: number; queueMs: number }): Lane {
  const { name, places, queue, queueMs } = options
  const waiting = new Set<() => void>()
  let busy = 0
  const full = (why: string) =>
    new DatabaseError('TOO_MANY_SIMULTANEOUS_QUERIES', `Too many simultaneous ${name}. Maximum: ${places}; ${why}`)
  const leave = () => {
    const next = waiting.values().next().value
    if (!next) {
      busy--
      return
    }
    waiting.delete(next)
    next()
  }
  const once = () => {
    let left = false
    return () => {
      if (!left) leave()
      left = true
    }
  }
  return {
    get busy() {
      return busy
    },
    get waiting() {
      return waiting.size
    },
    enter(signal) {
      if (busy < places) {
        busy++
        return Promise.resolve(once())
      }
      if (waiting.size >= queue) return Promise.reject(full(`${waiting.size} are waiting`))
      const { promise, resolve, reject } = Promise.withResolvers<() => void>()
      const stop = (error: DatabaseError) => {
        waiting.delete(go)
        settle()
        reject(error)
      }
      const timer = setTimeout(() => stop(full(`waited ${queueMs / 1000} s for a place`)), queueMs)
      const onAbort = () => stop(new DatabaseError('QUERY_WAS_CANCELLED', 'The client left before its turn'))
      const settle = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
      }
      const go = () => {
        settle()
        resolve(once())
      }
      waiting.add(go)
      signal.addEventListener('abort', onAbort, { once: true })
      return promise
    },
  }
}
