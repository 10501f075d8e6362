import type { Engine } from './engine.ts'
import { quote } from './settings.ts'
import { askEngine, whereMarked } from './stop.ts'
import { tokens } from './tokens.ts'

/**
 * Puts the engine's query ids where a KILL QUERY names those of clients, which the engine never learns.
 * @param sql bytes as latin1
 * @param running query id of a client → mark of its statement
 */
export async function killById(engine: Engine, sql: string, running: ReadonlyMap<string, string>): Promise<string> {
  const named = [...tokens(sql)].filter(({ kind, text }) => kind === 'string' && running.has(text.slice(1, -1)))
  let rewritten = sql
  for (const { text, start, end } of named.reverse()) {
    const mark = running.get(text.slice(1, -1)) as string
    const [row] = await askEngine<[string]>(engine, `SELECT query_id FROM system.processes WHERE ${whereMarked(mark)}`)
    if (row) rewritten = `${rewritten.slice(0, start)}${quote(row[0])}${rewritten.slice(end)}`
  }
  return rewritten
}
