import { refuse } from './errors.ts'
import { type Token, tokens } from './tokens.ts'

interface Select {
  kind: 'select'
  /** up to the FORMAT clause */
  head: string
  format: string | undefined
  /** SETTINGS behind FORMAT */
  tail: string
}

interface Insert {
  kind: 'insert'
  /** INSERT INTO t (columns) */
  head: string
  /** SETTINGS … FORMAT x */
  tail: string
  format: string
  /** where the rows begin */
  dataAt: number
}

/** `INSERT INTO t SELECT … FROM input('…') FORMAT x` */
interface InsertInput {
  kind: 'insert-input'
  /** up to input() */
  head: string
  /** the argument of input() */
  structure: string
  tail: string
  format: string
  dataAt: number
}

interface Other {
  kind: 'read' | 'write'
  sql: string
  format: string | undefined
}

/** One statement, cut where this process has to add to it. All text is the bytes as latin1. */
export type Statement = Select | Insert | InsertInput | Other

const is = (token: Token | undefined, ...words: string[]) =>
  token?.kind === 'word' && words.includes(token.text.toUpperCase())

const reading = new Set(['SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'EXISTS', 'CHECK'])
const notAllowed = () => refuse('INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed')

/** Where the rows begin behind `FORMAT x`: after spaces and one line end. */
function dataStart(sql: string, from: number): number {
  let at = from
  while (at < sql.length && /[ \t\f]/.test(sql[at] as string)) at++
  if (sql[at] === '\r') at++
  return sql[at] === '\n' ? at + 1 : at
}

/** The statement's tokens without its closing semicolon. @throws SYNTAX_ERROR when another statement follows */
function single(sql: string): { list: Token[]; end: number } {
  const list: Token[] = []
  let end: number | undefined
  for (const token of tokens(sql)) {
    if (token.text === ';' && token.depth === 0) end ??= token.start
    else if (end !== undefined)
      throw refuse(
        'SYNTAX_ERROR',
        `Syntax error (Multi-statements are not allowed): failed at position ${end + 1} (end of query): ${Buffer.from(sql.slice(end, end + 80), 'latin1').toString()}. `,
      )
    else list.push(token)
  }
  return { list, end: end ?? sql.length }
}

/** The FORMAT clause at the end of a statement. */
function formatClause(list: Token[]): { name: string; start: number; end: number } | undefined {
  for (let at = list.length - 2; at > 0; at--) {
    const [word, name, next] = [list[at], list[at + 1], list[at + 2]]
    if (word?.depth !== 0 || !is(word, 'FORMAT') || name?.kind !== 'word') continue
    if (next === undefined || is(next, 'SETTINGS')) return { name: name.text, start: word.start, end: name.end }
  }
  return undefined
}

function parseInsert(sql: string, complete: boolean): Statement | undefined {
  const seen: Token[] = []
  let settingsAt: number | undefined
  let afterTable = false
  for (const token of tokens(sql)) {
    const previous = seen.at(-1)
    seen.push(token)
    if (token.depth !== 0) continue
    if (token.text === ';') break
    if (!afterTable) {
      afterTable =
        seen.length > 1 &&
        !is(token, 'INTO', 'TABLE', 'FUNCTION') &&
        (token.kind !== 'punctuation' || token.text === '}')
      continue
    }
    if (previous?.text === '.') continue
    if (is(token, 'SETTINGS')) settingsAt ??= token.start
    const head = sql.slice(0, settingsAt ?? token.start)
    if (is(token, 'VALUES'))
      return {
        kind: 'insert',
        head,
        tail: `${sql.slice(settingsAt ?? token.start, token.start)} FORMAT Values`,
        format: 'Values',
        dataAt: token.end,
      }
    if (is(previous, 'FORMAT') && token.kind === 'word') {
      if (token.end === sql.length && !complete) return undefined
      const at = (previous as Token).start
      return {
        kind: 'insert',
        head: sql.slice(0, settingsAt ?? at),
        tail: sql.slice(settingsAt ?? at, token.end),
        format: token.text,
        dataAt: dataStart(sql, token.end),
      }
    }
    if (is(token, 'INFILE') && is(previous, 'FROM'))
      throw refuse('UNKNOWN_TYPE_OF_QUERY', 'Query has infile and was send directly to server')
    if (is(token, 'SELECT', 'WITH', 'WATCH') || (token.text === '(' && is(previous, 'FROM'))) return undefined
  }
  return undefined
}

/** `INSERT INTO t SELECT … FROM input('…') FORMAT x` with rows behind it. */
function parseInputInsert(sql: string): Statement | undefined {
  let input: Token | undefined
  let open: Token | undefined
  let close: Token | undefined
  let previous: Token | undefined
  let format: Token | undefined
  for (const token of tokens(sql)) {
    if (token.text === '(' && is(previous, 'INPUT') && !open) [input, open] = [previous, token]
    else if (token.text === ')' && open && !close && token.depth === open.depth) close = token
    else if (close && token.depth === 0 && is(token, 'FORMAT')) format = token
    else if (format && previous === format && input && open && close && token.kind === 'word')
      return {
        kind: 'insert-input',
        head: sql.slice(0, input.start),
        structure: sql.slice(open.end, close.start),
        tail: sql.slice(close.end, format.start),
        format: token.text,
        dataAt: dataStart(sql, token.end),
      }
    previous = token
  }
  return undefined
}

const firstWords = (sql: string): Token | undefined => {
  for (const token of tokens(sql)) if (token.text !== '(') return token
  return undefined
}

/** True when a statement that begins so may carry rows behind it, which need not be in memory. */
export const mayCarryRows = (sql: string): boolean => is(firstWords(sql), 'INSERT')

/**
 * Reads what stands at the beginning of `sql`.
 * @param complete false when more bytes may follow
 * @returns undefined when an INSERT's rows do not begin within these bytes and more may follow
 * @throws SYNTAX_ERROR for more than one statement, INTO_OUTFILE_NOT_ALLOWED
 */
export function parseStatement(sql: string, complete: boolean): Statement | undefined {
  const first = firstWords(sql)
  if (is(first, 'INSERT')) {
    const insert = parseInsert(sql, complete) ?? parseInputInsert(sql)
    if (insert) return insert
  }
  if (!complete) return undefined
  const { list, end } = single(sql)
  const format = formatClause(list)
  const outfile = list.some((token, at) => token.depth === 0 && is(token, 'OUTFILE') && is(list[at - 1], 'INTO'))
  if (outfile) throw notAllowed()
  const inserts = list.some((token) => token.depth === 0 && is(token, 'INSERT'))
  if (is(first, 'SELECT', 'WITH', 'FROM') && !inserts) {
    return {
      kind: 'select',
      head: sql.slice(0, format?.start ?? end),
      format: format?.name,
      tail: format ? sql.slice(format.end, end) : '',
    }
  }
  const kind = reading.has(first?.text.toUpperCase() ?? '') ? 'read' : 'write'
  return { kind, sql: sql.slice(0, end), format: format?.name }
}
