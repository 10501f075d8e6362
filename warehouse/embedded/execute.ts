import type { Session } from 'chdb'
import { fromEngine, refuse } from './errors.ts'
import { quote } from './settings.ts'
import type { Statement } from './statement.ts'

/** What the engine counted. */
export interface Outcome {
  rows: number
  bytes: number
  elapsedNs: number
}

const utf8 = (latin1: string) => Buffer.from(latin1, 'latin1').toString()

/** The comment by which a running statement is found again; it is put where no row is. */
const marker = (mark: string): string => `/* ${mark} */`

async function run(session: Session, sql: string, format: string, injected: readonly string[]) {
  try {
    const result = await session.queryAsync(sql, { format })
    return {
      bytes: result.bytes(),
      rows: result.rowsRead,
      size: result.bytesRead,
      elapsedNs: Math.round(result.elapsed * 1e9),
    }
  } catch (error) {
    throw fromEngine(error, injected)
  }
}

const outcome = ({ rows, size, elapsedNs }: Awaited<ReturnType<typeof run>>): Outcome => ({
  rows,
  bytes: size,
  elapsedNs,
})

/** Runs a SELECT whose result the engine writes to `path`, a pipe or a file. @throws DatabaseError */
export async function select(
  session: Session,
  statement: Extract<Statement, { kind: 'select' }>,
  target: { path: string; format: string; mark: string },
): Promise<Outcome> {
  const outfile = `\n${marker(target.mark)} INTO OUTFILE ${quote(target.path)} TRUNCATE COMPRESSION 'none'`
  const format = ` FORMAT ${target.format}`
  const sql = `${utf8(statement.head)}${outfile}${format}${utf8(statement.tail)}`
  const hidden = statement.format ? [outfile, target.path] : [`${outfile}${format}`, outfile, target.path]
  return outcome(await run(session, sql, target.format, hidden))
}

/** Inserts the rows of a file. @throws DatabaseError */
export async function insert(
  session: Session,
  statement: Extract<Statement, { kind: 'insert' | 'insert-input' }>,
  source: { path: string; mark: string },
): Promise<Outcome> {
  const path = quote(source.path)
  const mark = marker(source.mark)
  const infile = ` ${mark} FROM INFILE ${path} COMPRESSION 'none' `
  const sql =
    statement.kind === 'insert'
      ? `${utf8(statement.head)}${infile}${utf8(statement.tail)}`
      : `${utf8(statement.head)}file(${path}, ${quote(statement.format)}, ${utf8(statement.structure)})${utf8(statement.tail)}\n${mark}`
  return outcome(await run(session, sql, 'TabSeparated', [infile, mark, source.path]))
}

/** Runs any other statement; what it answers is small. @throws DatabaseError */
export async function other(
  session: Session,
  statement: Extract<Statement, { kind: 'read' | 'write' }>,
  options: { format: string; mark: string },
): Promise<Outcome & { answer: Buffer }> {
  const mark = `\n${marker(options.mark)}`
  const result = await run(session, `${utf8(statement.sql)}${mark}`, options.format, [mark])
  return { ...outcome(result), answer: Buffer.from(result.bytes) }
}

/** Puts a request's settings, parameters and database on a connection. @throws DatabaseError */
export async function prepare(session: Session, statements: string[]): Promise<void> {
  const sql = statements.filter((statement) => statement !== '').join('; ')
  if (sql === '') return
  await run(session, sql, 'TabSeparated', [])
}

/** @throws UNKNOWN_FORMAT, since the name goes into the statement's text */
export function checkFormat(format: string): string {
  if (/^\w+$/.test(format)) return format
  throw refuse('UNKNOWN_FORMAT', `Unknown format ${format}`)
}
