import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Progress } from './progress.ts'
import type { Rejects } from './rejects.ts'
import type { Line } from './rows/line.ts'
import { makeRows } from './rows/make-rows.ts'
import type { Plan } from './rows/plan.ts'
import type { Scratch } from './rows/scratch.ts'
import { type Batch, Batches } from './send/batches.ts'
import type { Journal } from './send/journal.ts'
import type { Outcome } from './send/send-batch.ts'
import { toSegment } from './send/to-segment.ts'

export interface Counts {
  /** Rows made and handed to ingest, in this run or the one it resumes. */
  sent: number
  accepted: number
  /** Refused by ingest. */
  rejected: number
  /** Lines that the filter left out. */
  skipped: number
}

export interface World {
  plan: Plan
  scratch: Scratch
  rejects: Rejects
  journal: Journal
  progress: Progress
  send: (batch: Batch) => Promise<Outcome>
  signal: AbortSignal
}

const inFlight = 4
const turnMs = 50

/**
 * Makes rows of the files and sends them, a few batches at a time.
 * @returns lines read, and counts by output
 * @throws what makeRows and send throw, after the batches in flight have come home and are in the journal
 */
export async function importFiles(world: World): Promise<{ lines: number; outputs: Counts[] }> {
  const { plan, scratch, rejects, journal, progress, signal } = world
  const outputs = plan.outputs.map((): Counts => ({ sent: 0, accepted: 0, rejected: 0, skipped: 0 }))
  let lines = 0
  const flying = new Set<Promise<void>>()
  let failure: { error: unknown } | undefined

  const home = (batch: Batch, outcome: Outcome) => {
    const counts = outputs[batch.output]
    if (!counts) return
    counts.sent += batch.bodies.length
    counts.accepted += outcome.accepted
    counts.rejected += batch.bodies.length - outcome.accepted
    progress.sent(batch.bodies.length)
    for (const { index, path, message } of outcome.rejected) {
      for (const line of batch.lines[index] ?? [])
        rejects.add(line, `ingest: ${path === '' ? '' : `${path} `}${message}`)
    }
  }
  const launch = async (batch: Batch) => {
    const before = journal.outcome(batch)
    if (before) return home(batch, before)
    while (flying.size >= inFlight) await Promise.race(flying)
    if (failure) throw failure.error
    const flight = world
      .send(batch)
      .then((outcome) => {
        journal.keep(batch, outcome)
        home(batch, outcome)
      })
      .catch((error: unknown) => {
        failure ??= { error }
      })
      .finally(() => flying.delete(flight))
    flying.add(flight)
  }

  const batches = new Batches()
  try {
    const rows = makeRows(plan, scratch, {
      signal,
      reject: (line: Line, reason) => rejects.add(line, reason),
      skip: (output) => {
        const counts = outputs[output]
        if (counts) counts.skipped += 1
      },
      reading: (path, size) => progress.begin(path, size),
      onBytes: (bytes) => progress.advance(bytes),
      onLine: () => {
        lines += 1
        progress.line()
      },
      grouping: (output, groups) => progress.begin(plan.outputs[output]?.to ?? '', groups),
      onGroup: () => {
        progress.advance(1)
        progress.line()
      },
    })
    let turnedAt = Date.now()
    for await (const row of rows) {
      // Groups come without waiting for anything: Ctrl-C, the progress and answers get their turn here.
      if (Date.now() - turnedAt > turnMs) {
        await nextTurn()
        turnedAt = Date.now()
      }
      const isEvent = plan.outputs[row.output]?.to === 'events'
      const full = batches.add(isEvent ? { ...row, body: toSegment(row.body) } : row)
      if (full) await launch(full)
    }
    for (const batch of batches.rest()) await launch(batch)
  } finally {
    await Promise.all(flying)
  }
  if (failure) throw failure.error
  return { lines, outputs }
}
