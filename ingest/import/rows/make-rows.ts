import { readLines } from '../csv/read-lines.ts'
import { BadLine } from '../failure.ts'
import type { Scope } from '../mapping/place.ts'
import type { Output } from './compile-output.ts'
import type { Line } from './line.ts'
import type { Plan } from './plan.ts'
import { largestGroup, type Scratch } from './scratch.ts'

/** A row for ingest and the lines it was made of. */
export interface Row {
  /** Place of the output in the mapping. */
  output: number
  body: Record<string, unknown>
  lines: Line[]
}

/** What is told while rows are made. */
export interface Watch {
  reject: (line: Line, reason: string) => void
  /** A line that the filter of an output left out. */
  skip: (output: number) => void
  reading: (path: string, size: number) => void
  onBytes: (count: number) => void
  /** A line was read. */
  onLine: () => void
  /** Reading is over; this many groups follow. */
  grouping: (output: number, groups: number) => void
  onGroup: () => void
  /** Aborted: no more rows are wanted. */
  signal: AbortSignal
}

/**
 * Makes the rows of every output: the same files and mapping make the same rows in the same order. Memory stays flat:
 * what must be grouped or joined waits in the scratch file.
 */
export async function* makeRows(plan: Plan, scratch: Scratch, watch: Watch): AsyncGenerator<Row> {
  await keepJoined(plan, scratch, watch)
  for (const name of plan.files.keys()) {
    const outputs = [...plan.outputs.entries()].filter(([, output]) => output.from === name)
    if (outputs.length === 0) continue
    for await (const line of linesOf(plan, name, watch)) {
      watch.onLine()
      for (const [index, output] of outputs) {
        const row = takeLine(line, index, output, scratch, watch)
        if (row) yield row
      }
    }
  }
  for (const [index, output] of plan.outputs.entries()) {
    if (output.group) yield* groupRows(index, output, scratch, watch)
  }
}

async function* linesOf(plan: Plan, name: string, watch: Watch): AsyncGenerator<Line> {
  const spec = plan.loaded.mapping.files[name]
  for (const file of plan.files.get(name) ?? []) {
    watch.reading(file.path, file.size)
    const { dialect, skip } = file
    const how = { shortLines: spec?.short_lines ?? 'reject', unreadable: spec?.unreadable ?? 'reject' } as const
    for await (const line of readLines(file, { dialect, skip, ...how, onBytes: watch.onBytes })) {
      watch.signal.throwIfAborted()
      if (line.failure !== undefined) watch.reject(line, line.failure)
      yield line
    }
  }
}

async function keepJoined(plan: Plan, scratch: Scratch, watch: Watch): Promise<void> {
  for (const name of plan.files.keys()) {
    const indexes = plan.columns.indexes.filter((index) => index.file === name)
    if (indexes.length === 0) continue
    for await (const line of linesOf(plan, name, watch)) {
      for (const { id, key } of indexes) scratch.add(`joined ${id}`, key(line), line)
    }
    for (const { id } of indexes) scratch.index(`joined ${id}`)
  }
}

const table = (index: number) => `group ${index}`

function takeLine(line: Line, index: number, output: Output, scratch: Scratch, watch: Watch): Row | undefined {
  const scope = { line, place: 1 }
  if (line.failure !== undefined) return spoil(scope, index, output, scratch)
  try {
    if (output.keep && !output.keep(scope)) {
      watch.skip(index)
      return undefined
    }
    if (!output.group) return { output: index, body: output.make(scope), lines: [line] }
    const key = output.group(scope)
    if (key === '') throw new BadLine('what it is grouped by is empty')
    scratch.add(table(index), key, line)
  } catch (error) {
    if (!(error instanceof BadLine)) throw error
    watch.reject(line, error.message)
    spoil({ line: { ...line, failure: error.message }, place: 1 }, index, output, scratch)
  }
  return undefined
}

/** A bad line joins its group, if that can be told, so that no order goes in with a part of its lines. */
function spoil(scope: Scope, index: number, output: Output, scratch: Scratch): undefined {
  if (!output.group) return
  try {
    const key = output.group(scope)
    if (key !== '') scratch.add(table(index), key, scope.line)
  } catch (error) {
    if (!(error instanceof BadLine)) throw error
  }
}

function* groupRows(index: number, output: Output, scratch: Scratch, watch: Watch): Generator<Row> {
  scratch.index(table(index))
  watch.grouping(index, scratch.count(table(index)))
  for (const { lines, whole } of scratch.groups(table(index))) {
    const [line] = lines
    if (!line) continue
    watch.signal.throwIfAborted()
    watch.onGroup()
    try {
      if (!whole) throw new BadLine(`it is one of more than ${largestGroup} lines with the same key`)
      const bad = lines.find((other) => other.failure !== undefined)
      if (bad) throw new BadLine(`line ${bad.number} belongs with it and is bad: ${bad.failure}`)
      yield { output: index, body: output.make({ line, group: lines, place: 1 }), lines }
    } catch (error) {
      if (!(error instanceof BadLine)) throw error
      for (const each of lines) if (each.failure === undefined) watch.reject(each, error.message)
    }
  }
}
