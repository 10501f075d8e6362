import type { Engine } from './engine.ts'
import { askEngine, whereMarked } from './stop.ts'

/** What X-ClickHouse-Summary and X-ClickHouse-Progress tell. */
export interface Counted {
  read_rows: number
  read_bytes: number
  written_rows: number
  written_bytes: number
  total_rows_to_read: number
  result_rows: number
  result_bytes: number
  elapsed_ns: number
}

const keys = [
  'read_rows',
  'read_bytes',
  'written_rows',
  'written_bytes',
  'total_rows_to_read',
  'result_rows',
  'result_bytes',
  'elapsed_ns',
] as const

/** Numbers as a server writes them: strings in JSON. */
export const countedText = (counted: Partial<Counted>): string =>
  JSON.stringify(Object.fromEntries(keys.map((key) => [key, String(counted[key] ?? 0)])))

/** What the engine counts for a statement, while it runs and until its connection asks something else. */
async function countMarked(engine: Engine, mark: string): Promise<Partial<Counted>> {
  const sql = `SELECT read_rows, read_bytes, written_rows, written_bytes, total_rows_approx, toUInt64(elapsed * 1e9)
    FROM system.processes WHERE ${whereMarked(mark)} SETTINGS output_format_json_quote_64bit_integers = 0`
  const [row] = await askEngine<[number, number, number, number, number, number]>(engine, sql)
  if (!row) return {}
  const [read_rows, read_bytes, written_rows, written_bytes, total, elapsed_ns] = row
  return {
    read_rows,
    read_bytes,
    written_rows,
    written_bytes,
    total_rows_to_read: Math.max(total, read_rows),
    elapsed_ns,
  }
}

/** Tells every `everyMs` what is counted, until `ended`. */
export function watchCounted(
  engine: Engine,
  mark: string,
  everyMs: number,
  tell: (counted: Partial<Counted>) => void,
): () => void {
  let asking = false
  const timer = setInterval(async () => {
    if (asking) return
    asking = true
    const counted = await countMarked(engine, mark).catch(() => undefined)
    asking = false
    if (counted && timer.hasRef()) tell(counted)
  }, everyMs)
  return () => clearInterval(timer.unref())
}
