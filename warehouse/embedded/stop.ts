import { setTimeout as wait } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { quote } from './settings.ts'

/** Asks the engine about itself. */
export async function askEngine<Row>(engine: Engine, sql: string): Promise<Row[]> {
  return (await engine.control(sql, 'JSONCompact')).json<{ data: Row[] }>().data
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
    await engine.control(`KILL QUERY WHERE ${whereMarked(mark)} ASYNC`, 'Null').catch(() => {})
    await Promise.race([end, wait(50)])
  }
}
