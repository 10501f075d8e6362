import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { quote } from './settings.ts'

/** Asks the engine about itself, on a connection of its own. */
export async function askEngine<Row>(engine: Engine, sql: string): Promise<Row[]> {
  const session = engine.connect()
  try {
    return (await session.queryAsync(sql, { format: 'JSONCompact' })).json<{ data: Row[] }>().data
  } finally {
    session.close()
  }
}

/** The condition on system.processes that finds a statement by its mark, written so that it does not find itself. */
export const whereMarked = (mark: string): string => `position(query, concat('/* ', ${quote(mark)}, ' */')) > 0`

/** Stops a running statement, again and again until it has ended: it may not have begun when it is first asked to stop. */
export async function stopStatement(engine: Engine, mark: string, ended: Promise<void>): Promise<void> {
  let running = true
  const end = ended.then(() => {
    running = false
  })
  while (running) {
    const session = engine.connect()
    await session.queryAsync(`KILL QUERY WHERE ${whereMarked(mark)} ASYNC`).catch(() => {})
    session.close()
    await Promise.race([end, wait(50)])
  }
}
