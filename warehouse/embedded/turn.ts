import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { Engine } from './engine.ts'
import { stopStatement } from './stop.ts'

/** One request's stay: what it holds, and how its statement is stopped when the client leaves. */
export interface Turn {
  /** By this its statement is found in the engine. */
  readonly mark: string
  /** Aborted when the client leaves, or the process must end. */
  readonly signal: AbortSignal
  /** Undone in reverse order when the turn ends. */
  defer(undo: () => void | Promise<void>): void
  /** A file that is removed when the turn ends. */
  file(path: string): string
  /** Work of the engine that is stopped when the turn is aborted; settles when the engine has let go. */
  run<T>(work: Promise<T>): Promise<T>
  abort(): void
  end(): Promise<void>
}

const settled = (work: Promise<unknown>): Promise<void> =>
  work.then(
    () => {},
    () => {},
  )

export function openTurn(engine: Engine, res: ServerResponse): Turn {
  const gone = new AbortController()
  const mark = randomUUID()
  const undos: (() => void | Promise<void>)[] = []
  res.once('close', () => {
    if (!res.writableFinished) gone.abort()
  })
  return {
    mark,
    signal: gone.signal,
    defer: (undo) => void undos.push(undo),
    file(path) {
      undos.push(() => rm(path, { force: true }))
      return path
    },
    async run(work) {
      const stop = () => void stopStatement(engine, mark, settled(work))
      if (gone.signal.aborted) stop()
      gone.signal.addEventListener('abort', stop, { once: true })
      try {
        return await work
      } finally {
        gone.signal.removeEventListener('abort', stop)
      }
    },
    abort: () => gone.abort(),
    async end() {
      for (const undo of undos.reverse()) await undo()
    },
  }
}
