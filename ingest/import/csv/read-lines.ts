import { parse } from 'csv-parse'
import { ImportError } from '../failure.ts'
import type { InputFile, Line } from '../rows/line.ts'
import { cellsOf, clean, type Dialect, parserOptions, recordLimit } from './dialect.ts'
import { openText } from './open-text.ts'

export interface Reading {
  dialect: Dialect
  /** Lines before the first record: what stands before the heading, and the heading. */
  skip: number
  shortLines: 'reject' | 'fill'
  unreadable: 'reject' | 'keep'
  onBytes: (count: number) => void
}

interface Parsed {
  record: string[]
  raw: string
  info: { lines: number }
}

const strayQuotes = 200

/**
 * The lines of a file in its order, broken ones with their reason. A quote that is opened and never closed, or that
 * swallowed lines which stand on their own, costs only its own line: reading starts again on the next.
 */
export async function* readLines(file: InputFile, reading: Reading): AsyncGenerator<Line> {
  let from = reading.skip
  for (let attempts = 0; attempts <= strayQuotes; attempts += 1) {
    let stray: string | undefined
    let before = from
    for await (const { raw, record, end } of records(file, reading, from)) {
      if (record === undefined) {
        stray = raw
        break
      }
      const number = isOneLine(raw) ? end : end - lineEnds(raw.replace(/^\n+|\n$/g, ''))
      before = end
      yield check(file, reading, number, record, raw)
    }
    if (stray === undefined) return
    const blank = /^\n*/.exec(stray)?.[0].length ?? 0
    const [first = ''] = stray.slice(blank).split('\n', 1)
    const [record = []] = cellsOf(first, { ...reading.dialect, quote: null })
    from = before + blank + 1
    yield check(file, reading, from, record, first)
  }
  throw new ImportError(`The quotes of ${file.path} do not close. Say quote: none for it in the mapping.`)
}

interface Read {
  raw: string
  /** undefined: raw begins with a line whose quote is stray. */
  record: string[] | undefined
  /** The last line of the record. */
  end: number
}

async function* records(file: InputFile, reading: Reading, from: number): AsyncGenerator<Read> {
  // Lines read again after a stray quote were counted before.
  const onBytes = from === reading.skip ? reading.onBytes : () => undefined
  const text = await openText(file.path, { encoding: file.encoding, from, onBytes })
  let unclosed: { raw: string; after: number } | undefined
  const parser = parse({
    ...parserOptions(reading.dialect),
    info: true,
    raw: true,
    max_record_size: recordLimit,
    skip_records_with_error: true,
    on_skip: (_, raw) => {
      unclosed ??= { raw: raw ?? '', after: parser.info.records }
      text.unpipe(parser)
      setImmediate(() => parser.end())
    },
  })
  text.once('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let count = 0
  try {
    for await (const { record, raw, info } of parser as AsyncIterable<Parsed>) {
      if (unclosed && count >= unclosed.after) break
      count += 1
      const end = from + info.lines
      if (!isOneLine(raw) && swallowed(raw, record, file, reading)) {
        yield { raw, record: undefined, end }
        return
      }
      yield { record: record.map(clean), raw, end }
    }
    if (unclosed) yield { raw: unclosed.raw, record: undefined, end: 0 }
  } finally {
    text.destroy()
    parser.destroy()
  }
}

/** As nearly all are: what follows looks no further. */
const isOneLine = (raw: string): boolean => {
  const end = raw.indexOf('\n')
  return end < 0 || end === raw.length - 1
}

const lineEnds = (text: string): number => text.split('\n').length - 1

/** Whether a record over several lines holds a line that would stand as a record of its own. */
function swallowed(raw: string, record: string[], file: InputFile, { dialect }: Reading): boolean {
  const columns = file.header.length
  if (dialect.quote === null || columns < 3 || !record.some((cell) => cell.includes('\n'))) return false
  const inner = raw.trim().split('\n').slice(1)
  return inner.some((line) => cellsOf(line, dialect)[0]?.length === columns)
}

function check(file: InputFile, reading: Reading, number: number, cells: string[], raw: string): Line {
  const columns = file.header.length
  const line: Line = { file, number, cells }
  if (cells.length > columns && cells.slice(columns).every((cell) => cell === '')) cells.length = columns
  if (cells.length !== columns && !(cells.length < columns && reading.shortLines === 'fill')) {
    line.failure = `it has ${cells.length} columns, the heading has ${columns}`
  } else if (reading.unreadable === 'reject' && raw.includes('\uFFFD')) {
    line.failure = `it has signs that are not ${file.encoding}: say the encoding`
  }
  return line
}
