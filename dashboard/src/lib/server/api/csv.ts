import { stringify } from 'csv-stringify/sync'

export type Cell = string | number | null

/** What a CSV file holds. */
export interface Table {
  columns: string[]
  rows: Cell[][]
}

/**
 * CSV that spreadsheets open as meant: a byte order mark for Excel, text that begins like a formula made harmless with an
 * apostrophe, numbers left as they are, null left empty.
 */
export const csvOf = ({ columns, rows }: Table): string =>
  stringify([columns, ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })

/** An answer with a file that browsers save under a name of ours. */
export const csvResponse = (table: Table, name: string): Response =>
  new Response(csvOf(table), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'private, no-store',
      vary: 'accept',
    },
  })
