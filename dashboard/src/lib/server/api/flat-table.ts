import type { Cell, Table } from './csv.ts'

/** Rows of one shape as a table; the columns are named beforehand, so that a table without rows has them too. */
export function flatTable<Row extends object>(columns: readonly (keyof Row & string)[], rows: readonly Row[]): Table {
  return { columns: [...columns], rows: rows.map((row) => columns.map((column) => cellOf(row[column]))) }
}

const cellOf = (value: unknown): Cell =>
  typeof value === 'string' || typeof value === 'number'
    ? value
    : value === null || value === undefined
      ? null
      : String(value)
