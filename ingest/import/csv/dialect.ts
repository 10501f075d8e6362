import type { Options } from 'csv-parse'
import { parse } from 'csv-parse/sync'

/** How a file separates its columns. */
export interface Dialect {
  delimiter: string
  /** null: quotes are signs like any other. */
  quote: string | null
}

/** A record longer than this is no record: a quote was opened and never closed. */
export const recordLimit = 1 << 20

export const parserOptions = ({ delimiter, quote }: Dialect): Options => ({
  delimiter,
  quote,
  escape: quote,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  bom: true,
})

/** Cells of the records in a text, cleaned. */
export function cellsOf(text: string, dialect: Dialect): string[][] {
  const options = { ...parserOptions(dialect), skip_records_with_error: true }
  return (parse(text, options as never) as unknown as string[][]).map((record) => record.map(clean))
}

/** Without the space around it, and without the ="…" by which spreadsheets are kept from reading an id as a number. */
export function clean(cell: string): string {
  const trimmed = cell.trim()
  return trimmed.startsWith('="') && trimmed.endsWith('"') ? trimmed.slice(2, -1).trim() : trimmed
}

const candidates = [',', ';', '\t', '|']

/**
 * Finds the delimiter: the one whose heading has the most of the columns that are asked for, else the most columns.
 * @param text the file from its heading on
 */
export function detectDelimiter(text: string, quote: string | null, wanted: ReadonlySet<string>): string {
  const scored = candidates.map((delimiter) => {
    const [heading = []] = cellsOf(firstLines(text), { delimiter, quote })
    return { delimiter, found: heading.filter((name) => wanted.has(name)).length, columns: heading.length }
  })
  scored.sort((a, b) => b.found - a.found || b.columns - a.columns)
  return scored[0]?.delimiter ?? ','
}

/** Enough for a heading, which may itself contain line ends. */
export const firstLines = (text: string): string => text.split(/(?<=\n)|(?<=\r)(?!\n)/, 20).join('')
