import { closeSync, openSync, writeSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { InputFile, Line } from './rows/line.ts'

/**
 * The lines that did not go in, each once, with line number and reason: one CSV beside each file, with its heading, so
 * that it can be corrected and imported.
 */
export class Rejects {
  readonly #open = new Map<string, { path: string; descriptor: number; lines: Set<number> }>()
  readonly #where: (file: InputFile) => string

  constructor(where: (file: InputFile) => string) {
    this.#where = where
  }

  /** How many lines of a file, else of all files. */
  get count(): number {
    return [...this.#open.values()].reduce((sum, { lines }) => sum + lines.size, 0)
  }

  get paths(): string[] {
    return [...this.#open.values()].map(({ path }) => path)
  }

  add(line: Line, reason: string): void {
    const open = this.#open.get(line.file.path) ?? this.#start(line.file)
    if (open.lines.has(line.number)) return
    open.lines.add(line.number)
    writeSync(open.descriptor, record([String(line.number), reason, ...line.cells]))
  }

  close(): void {
    for (const { descriptor } of this.#open.values()) closeSync(descriptor)
  }

  #start(file: InputFile) {
    const path = this.#where(file)
    const open = { path, descriptor: openSync(path, 'w'), lines: new Set<number>() }
    // The mark tells spreadsheets that this is UTF-8.
    writeSync(open.descriptor, `\uFEFF${record(['rejected_line', 'rejected_reason', ...file.header])}`)
    this.#open.set(file.path, open)
    return open
  }
}

const record = (cells: string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`

/**
 * Tells where the rejects of a file go: beside it, else into another folder when its own cannot be written to.
 * @param given --rejects: a path for the rejects of a single file, else a folder
 */
export async function rejectsPath(
  paths: readonly string[],
  { given, otherwise }: { given: string | undefined; otherwise: string },
): Promise<(file: InputFile) => string> {
  if (given !== undefined && /\.csv$/i.test(given)) {
    return ({ path }) => (paths.length === 1 ? given : given.replace(/\.csv$/i, `.${basename(path)}`))
  }
  if (given !== undefined) return ({ path }) => join(given, `${basename(path)}.rejects.csv`)
  const writable = new Map<string, boolean>()
  for (const path of paths) {
    const free = access(dirname(path), constants.W_OK).then(
      () => true,
      () => false,
    )
    writable.set(path, await free)
  }
  return ({ path }) => (writable.get(path) ? `${path}.rejects.csv` : join(otherwise, `${basename(path)}.rejects.csv`))
}
