import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { QueryError } from '@guanlan/warehouse/queries/query-error'
import type { Logger } from 'pino'

/** What a panel shows: its numbers, or why there are none. */
export type Panel<T> = { ok: true; value: T } | { ok: false; message?: string; id: string }

/** Asks for a panel. It never rejects: one panel that fails leaves the others standing. */
export async function panel<T>(log: Logger, name: string, ask: Promise<T>): Promise<Panel<T>> {
  try {
    return { ok: true, value: await ask }
  } catch (error) {
    const id = randomUUID()
    if (error instanceof QueryError) return { ok: false, id, message: error.message }
    log.error({ err: error, panel: name, id }, 'a panel failed')
    return { ok: false, id }
  }
}

type Soon<P> = { [Name in keyof P]: P[Name] | Awaited<P[Name]> }

/** Waits a moment for the panels: those that are quick come with the page, the others follow on the open connection. */
export async function soon<P extends Record<string, Promise<unknown>>>(panels: P, ms = 150): Promise<Soon<P>> {
  const settled: Partial<Soon<P>> = {}
  const each = Object.keys(panels).map(async (name: keyof P) => {
    settled[name] = (await panels[name]) as Awaited<P[keyof P]>
  })
  await Promise.race([Promise.all(each), sleep(ms)])
  return { ...panels, ...settled }
}
