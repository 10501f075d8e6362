import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import iconv from 'iconv-lite'
import { ImportError } from '../failure.ts'
import type { FileSpec } from '../mapping/schema.ts'
import type { InputFile } from '../rows/line.ts'
import { detectEncoding, knownEncoding } from './detect-encoding.ts'
import { cellsOf, type Dialect, detectDelimiter, firstLines } from './dialect.ts'
import { sampleOf } from './open-text.ts'

/** A file with its heading read and its columns found. */
export interface OpenedFile extends InputFile {
  dialect: Dialect
  /** Lines before the first record. */
  skip: number
}

/**
 * Reads the heading of a file and finds the columns that the mapping uses, before anything is sent.
 * @param used column → slot
 * @throws ImportError that names the missing columns and lists what is there
 */
export async function openFile(
  path: string,
  { name, spec, used }: { name: string; spec: FileSpec; used: ReadonlyMap<string, number> },
): Promise<OpenedFile> {
  const { size, mtime } = await stat(path).catch((error) => unreadable(path, error))
  const sample = await sampleOf(path).catch((error) => unreadable(path, error))
  const encoding = spec.encoding === undefined ? detectEncoding(sample) : knownEncoding(spec.encoding)
  const text = iconv.decode(sample, encoding).replace(/\r\n?/g, '\n').split('\n').slice(spec.skip_lines).join('\n')
  const quote = spec.quote === 'none' ? null : spec.quote
  const wanted = new Set([...used.keys(), ...Object.values(spec.also_called).flat()])
  const delimiter = spec.delimiter ?? detectDelimiter(text, quote, wanted)
  const dialect = { delimiter, quote }
  const heading = spec.header ?? cellsOf(firstLines(text), dialect)[0] ?? []
  const places = findColumns(basename(path), heading, { spec, used })
  const skip = spec.skip_lines + (spec.header ? 0 : headingLines(text, dialect))
  return {
    path,
    name,
    header: heading,
    places,
    encoding,
    delimiter,
    size,
    modifiedAt: mtime.toISOString(),
    dialect,
    skip,
  }
}

const unreadable = (path: string, cause: unknown): never => {
  throw new ImportError(`The file ${path} cannot be read.`, { cause })
}

/** How many lines the heading takes: the fewest that hold a whole record. */
function headingLines(text: string, dialect: Dialect): number {
  const lines = text.split('\n', 20)
  const blank = lines.findIndex((line) => line.trim() !== '')
  const whole = cellsOf(firstLines(text), dialect)[0]?.length
  for (let count = Math.max(blank, 0) + 1; count < lines.length; count += 1) {
    if (cellsOf(lines.slice(0, count).join('\n'), dialect)[0]?.length === whole) return count
  }
  return Math.max(blank, 0) + 1
}

function findColumns(
  file: string,
  heading: string[],
  { spec, used }: { spec: FileSpec; used: ReadonlyMap<string, number> },
) {
  const places: number[] = []
  const missing: string[] = []
  for (const [column, slot] of used) {
    const found = [column, ...(spec.also_called[column] ?? [])].find((name) => heading.includes(name))
    if (found !== undefined && heading.indexOf(found) !== heading.lastIndexOf(found)) {
      throw new ImportError(`${file} has the column ${found} more than once.`)
    }
    places[slot] = found === undefined ? -1 : heading.indexOf(found)
    if (found === undefined && !spec.optional_columns.includes(column)) missing.push(column)
  }
  if (missing.length === 0) return places
  const called = missing.map((column) => [column, ...(spec.also_called[column] ?? [])].join(' or '))
  throw new ImportError(
    `${file} lacks the ${missing.length === 1 ? 'column' : 'columns'} ${called.join(', ')}; there are ${heading.join(', ') || 'none'}.`,
  )
}
