/** A file that is read, bound to the name that the mapping gives it. */
export interface InputFile {
  path: string
  /** Which entry of the mapping's `files` it is. */
  name: string
  header: string[]
  /** Slot of a column that the mapping uses → place in the line; −1 where an optional column is missing. */
  places: number[]
  encoding: string
  delimiter: string
  size: number
  /** ISO 8601 in UTC. */
  modifiedAt: string
}

/** One record of a file. */
export interface Line {
  file: InputFile
  /** Where it begins, the heading being line 1. */
  number: number
  cells: string[]
  /** Why it cannot be read; a group with such a line in it is not sent, since its sums would be wrong. */
  failure?: string
  /** What the joins of its file found, by the number of the join. */
  joined?: (Line[] | undefined)[]
}
