import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const told = {
  store_id: z.string(),
  seed: z.int(),
  /** The day that everything is laid around. */
  anchor: z.iso.date(),
  /** How long the history is. */
  days: z.int(),
  /** Of the history, 0 to 1. */
  share: z.number(),
  /** The history is told up to this moment, from the newest day to the oldest. */
  as_of: z.iso.datetime(),
  /** The oldest day that has been told; null before the first. */
  filled_from: z.iso.date().nullable(),
  /** What happened until this moment has been told. */
  told_until: z.iso.datetime(),
}

const state = z.discriminatedUnion('phase', [
  /** `npm start` found a new data directory. */
  z.object({ phase: z.literal('wanted') }),
  /** It found one that is in use, or was told to leave it empty. */
  z.object({ phase: z.literal('declined') }),
  z.object({ phase: z.literal('filling'), ...told }),
  z.object({ phase: z.literal('live'), ...told }),
  /** Somebody removed the store; it is not made again. */
  z.object({ phase: z.literal('removed') }),
])

export type State = z.output<typeof state>
export type Told = Extract<State, { phase: 'filling' | 'live' }>

const pathIn = (dataDir: string) => join(dataDir, 'demo', 'state.json')

/** How far the demo store is, as the dashboard reads it too. A file that cannot be read counts as none: nothing is made. */
export function readState(dataDir: string): State {
  try {
    return state.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
  } catch {
    return { phase: 'declined' }
  }
}

/** Old or new, never half of it. */
export function writeState(dataDir: string, next: State): void {
  const path = pathIn(dataDir)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
