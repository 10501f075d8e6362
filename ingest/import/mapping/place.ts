import type { Line } from '../rows/line.ts'
import type { Columns } from './columns.ts'
import type { Formats } from './convert.ts'
import type { Value } from './expression.ts'
import type { LoadedMapping } from './load-mapping.ts'
import type { Made } from './made.ts'
import type { ValueType } from './outputs.ts'

/** What a value is made from. */
export interface Scope {
  line: Line
  /** The lines of the group, in an output that groups. */
  group?: Line[]
  /** Place of the line in its group or list, from 1. */
  place: number
}

export type Maker = (scope: Scope) => Made

/** Where a value stands. */
export interface Place {
  loaded: LoadedMapping
  columns: Columns
  formats: Formats
  file: string
  path: readonly PropertyKey[]
  /** In an output that groups: the columns it groups by. Others stand only inside sum, min, first and the like. */
  groupedBy?: ReadonlySet<string> | undefined
}

/** Makes a function of a value's description. */
export type Compile = (value: Value, wanted: ValueType, place: Place) => Maker
