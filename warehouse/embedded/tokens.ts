/** A lexical token of ClickHouse SQL; `start` and `end` are byte offsets, `depth` counts open brackets. */
export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'punctuation'
  text: string
  start: number
  end: number
  depth: number
}

const space = /[\s\0]/
const wordStart = /[A-Za-z_\u0080-\u00ff]/
const wordPart = /[\w$\u0080-\u00ff]/

function closing(sql: string, from: number, quote: string): number {
  for (let at = from; at < sql.length; at++) {
    if (sql[at] === '\\') at++
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1
      at++
    }
  }
  return sql.length
}

const lineEnd = (sql: string, from: number) => {
  const at = sql.indexOf('\n', from)
  return at < 0 ? sql.length : at
}

/**
 * Cuts SQL into tokens, leaving out spaces and comments. Lazy, so that nobody reads the data behind an INSERT.
 * @param sql the bytes as latin1, so that offsets count bytes
 */
export function* tokens(sql: string, from = 0): Generator<Token> {
  let depth = 0
  let at = from
  while (at < sql.length) {
    const start = at
    const char = sql[at] as string
    const two = sql.slice(at, at + 2)
    if (space.test(char)) at++
    else if (two === '--' || (char === '#' && /[ !]/.test(sql[at + 1] ?? ''))) at = lineEnd(sql, at)
    else if (two === '/*') {
      const end = sql.indexOf('*/', at + 2)
      at = end < 0 ? sql.length : end + 2
    } else if (char === "'" || char === '"' || char === '`') {
      at = closing(sql, at + 1, char)
      yield { kind: char === "'" ? 'string' : 'quoted', text: sql.slice(start, at), start, end: at, depth }
    } else if (char === '$' && /^\$\w*\$/.test(sql.slice(at, at + 64))) {
      const tag = /^\$\w*\$/.exec(sql.slice(at, at + 64))?.[0] as string
      const end = sql.indexOf(tag, at + tag.length)
      at = end < 0 ? sql.length : end + tag.length
      yield { kind: 'string', text: sql.slice(start, at), start, end: at, depth }
    } else if (wordStart.test(char) || /\d/.test(char)) {
      while (at < sql.length && wordPart.test(sql[at] as string)) at++
      yield { kind: 'word', text: sql.slice(start, at), start, end: at, depth }
    } else {
      at++
      if (/[)\]}]/.test(char)) depth = Math.max(0, depth - 1)
      yield { kind: 'punctuation', text: char, start, end: at, depth }
      if (/[([{]/.test(char)) depth++
    }
  }
}
