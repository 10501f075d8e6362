import { BadLine } from '../failure.ts'
import type { Line } from '../rows/line.ts'
import type { LoadedMapping } from './load-mapping.ts'

/** An index over a joined file: its lines by the values of some columns. */
export interface JoinIndex {
  id: number
  file: string
  /** The key of a line of that file. */
  key: (line: Line) => string
}

/** Answers the lines of a joined file that have a key, in the order of the file. */
export type Find = (index: JoinIndex, key: string) => Line[]

/** Which columns and joins a mapping uses; readers of cells are made here. */
export class Columns {
  /** By file: column → slot. */
  readonly used = new Map<string, Map<string, number>>()
  readonly indexes: JoinIndex[] = []
  readonly #joins = new Map<string, number>()
  readonly #loaded: LoadedMapping
  readonly #find: Find

  constructor(loaded: LoadedMapping, find: Find) {
    this.#loaded = loaded
    this.#find = find
  }

  /**
   * Reads a column, or `join.column` through a join to one line.
   * @returns a function that answers '' where nothing is
   */
  reader(file: string, column: string, path: readonly PropertyKey[]): (line: Line) => string {
    const [first = '', ...rest] = column.split('.')
    const join = this.#loaded.mapping.files[file]?.join[first]
    if (!join || rest.length === 0) {
      const slot = this.#slot(file, column)
      return ({ file: { places }, cells }) => cells[places[slot] ?? -1] ?? ''
    }
    if (join.many)
      this.#loaded.fail(path, `${first} joins many lines: say sum, min, max, first, last or count, with of: ${first}`)
    const lines = this.many(file, first, path)
    const read = this.reader(join.file, rest.join('.'), path)
    return (line) => {
      const [one] = lines(line)
      return one ? read(one) : ''
    }
  }

  /** The lines that a join finds for a line. */
  many(file: string, name: string, path: readonly PropertyKey[]): (line: Line) => Line[] {
    const join = this.#loaded.mapping.files[file]?.join[name]
    if (!join) return this.#loaded.fail(path, `files.${file} has no join called ${name}`)
    if (!this.#loaded.mapping.files[join.file])
      this.#loaded.fail(['files', file, 'join', name], `there is no file ${join.file}`)
    const pairs = typeof join.on === 'string' ? [[join.on, join.on] as const] : Object.entries(join.on)
    const here = this.key(
      file,
      pairs.map(([mine]) => mine),
    )
    const index = this.#index(
      join.file,
      pairs.map(([, theirs]) => theirs),
    )
    const ordinal = this.#ordinal(`${file} ${name}`)
    return (line) => {
      line.joined ??= []
      const before = line.joined[ordinal]
      if (before) return before
      const key = here(line)
      const found = key === '' ? [] : this.#find(index, key)
      const bad = found.find((other) => other.failure !== undefined)
      if (bad) throw new BadLine(`line ${bad.number} of ${bad.file.path} belongs to it and is bad: ${bad.failure}`)
      line.joined[ordinal] = found
      return found
    }
  }

  /** Composes a key of columns; '' when all of them are empty. */
  key(file: string, columns: string[]): (line: Line) => string {
    const readers = columns.map((column) => this.reader(file, column, ['files', file]))
    const [only] = readers
    if (readers.length === 1 && only) return only
    return (line) => {
      const parts = readers.map((read) => read(line))
      return parts.every((part) => part === '') ? '' : JSON.stringify(parts)
    }
  }

  #slot(file: string, column: string): number {
    const slots = this.used.get(file) ?? new Map<string, number>()
    this.used.set(file, slots)
    const slot = slots.get(column) ?? slots.size
    slots.set(column, slot)
    return slot
  }

  #index(file: string, columns: string[]): JoinIndex {
    const key = this.key(file, columns)
    const id = this.#ordinal(JSON.stringify([file, columns]))
    const before = this.indexes.find((index) => index.id === id)
    if (before) return before
    const index = { id, file, key }
    this.indexes.push(index)
    return index
  }

  #ordinal(name: string): number {
    const ordinal = this.#joins.get(name) ?? this.#joins.size
    this.#joins.set(name, ordinal)
    return ordinal
  }
}
