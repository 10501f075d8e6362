import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { InputFile, Line } from './line.ts'

/**
 * Lines by their key, on disk: what grouping and joining need, in flat memory however long the files are. Nothing of it
 * outlives the import.
 */
export class Scratch {
  readonly #folder: string
  readonly #database: DatabaseSync
  readonly #inserts = new Map<string, StatementSync>()
  readonly #finds = new Map<string, StatementSync>()
  readonly #files: InputFile[] = []

  /** @param folder made here, and removed by close() */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
    this.#database = new DatabaseSync(join(folder, 'scratch.sqlite'))
    this.#database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384')
    this.#database.exec(`PRAGMA temp_store = FILE; PRAGMA temp_store_directory = '${folder.replaceAll("'", "''")}'`)
    this.#database.exec('BEGIN')
  }

  /** Keeps a line under a key, after those that were kept before. */
  add(table: string, key: string, line: Line): void {
    let insert = this.#inserts.get(table)
    if (!insert) {
      this.#database.exec(
        `CREATE TABLE "${table}" (place INTEGER PRIMARY KEY, key TEXT, file INTEGER, number INTEGER, cells TEXT, failure TEXT)`,
      )
      insert = this.#database.prepare(
        `INSERT INTO "${table}" (key, file, number, cells, failure) VALUES (?, ?, ?, ?, ?)`,
      )
      this.#inserts.set(table, insert)
    }
    let file = this.#files.indexOf(line.file)
    if (file < 0) file = this.#files.push(line.file) - 1
    insert.run(key, file, line.number, JSON.stringify(line.cells), line.failure ?? null)
  }

  /**
   * Makes find(), count() and groups() fast; after the last add() to the table. Sorting whole lines instead would take
   * memory as long as the file: SQLite maps what it sorts.
   */
  index(table: string): void {
    if (this.#inserts.has(table)) this.#database.exec(`CREATE INDEX "${table} by key" ON "${table}" (key)`)
  }

  /** The lines of a key, in the order they were added. */
  find(table: string, key: string): Line[] {
    if (!this.#inserts.has(table)) return []
    let find = this.#finds.get(table)
    if (!find) {
      find = this.#database.prepare(`SELECT * FROM "${table}" WHERE key = ? ORDER BY place`)
      this.#finds.set(table, find)
    }
    return (find.all(key) as unknown as Stored[]).map((row) => this.#line(row))
  }

  /** How many groups a table has. */
  count(table: string): number {
    if (!this.#inserts.has(table)) return 0
    return Number(this.#database.prepare(`SELECT count(DISTINCT key) AS n FROM "${table}"`).get()?.n ?? 0)
  }

  /** Every group once, by key, its lines in the order they were added; a group beyond the limit comes in pieces. */
  *groups(table: string): Generator<Group> {
    if (!this.#inserts.has(table)) return
    let key: string | undefined
    let group: Group = { lines: [], whole: true }
    const rows = this.#database.prepare(`SELECT * FROM "${table}" ORDER BY key, place`).iterate()
    for (const row of rows as Iterable<unknown> as Iterable<Stored>) {
      const full = row.key === key && group.lines.length === largestGroup
      if (full) group.whole = false
      if ((full || row.key !== key) && group.lines.length > 0) {
        yield group
        group = { lines: [], whole: !full }
      }
      key = row.key
      group.lines.push(this.#line(row))
    }
    if (group.lines.length > 0) yield group
  }

  close(): void {
    this.#database.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #line({ file, number, cells, failure }: Stored): Line {
    const line: Line = { file: this.#files[file] as InputFile, number, cells: JSON.parse(cells) as string[] }
    if (failure !== null) line.failure = failure
    return line
  }
}

/** As many lines as one order may have. */
export const largestGroup = 5_000

export interface Group {
  lines: Line[]
  /** false: a piece of a group that is too large. */
  whole: boolean
}

interface Stored {
  key: string
  file: number
  number: number
  cells: string
  failure: string | null
}
