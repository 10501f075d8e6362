import type { Session } from 'chdb'
import type { Engine } from './engine.ts'
import { DatabaseError, refuse } from './errors.ts'
import { type Asked, quote, quoteName } from './settings.ts'

interface Held {
  session: Session
  busy: boolean
  expires: NodeJS.Timeout | undefined
  /** parameters that earlier requests left on the connection */
  params: Set<string>
}

interface Taken {
  session: Session
  params: Set<string>
  /** @param close the client has done with the session */
  giveBack(close: boolean): void
}

export interface Sessions {
  /** @throws SESSION_NOT_FOUND, SESSION_IS_LOCKED, INVALID_SESSION_TIMEOUT */
  take(id: string, options: { timeout: string | null; mustExist: boolean }): Taken
  readonly size: number
  closeAll(): void
}

const longest = 3600

function seconds(text: string | null): number {
  if (text === null || text === '') return 60
  if (!/^\d+$/.test(text)) throw refuse('INVALID_SESSION_TIMEOUT', `Invalid session timeout: '${text}'`)
  if (Number(text) <= longest) return Number(text)
  throw refuse(
    'INVALID_SESSION_TIMEOUT',
    `Session timeout '${text}' is larger than max_session_timeout: ${longest}. Maximum session timeout could be modified in configuration file`,
  )
}

/** Connections that outlive a request under a `session_id`, with their temporary tables and what SET and USE did to them. */
export function openSessions(engine: Engine, most = 500): Sessions {
  const all = new Map<string, Held>()
  const drop = (id: string, held: Held) => {
    clearTimeout(held.expires)
    all.delete(id)
    held.session.close()
  }
  return {
    get size() {
      return all.size
    },
    take(id, { timeout, mustExist }) {
      const lifetime = seconds(timeout)
      let held = all.get(id)
      if (!held && mustExist) throw refuse('SESSION_NOT_FOUND', `Session ${id} not found`)
      if (held?.busy) throw refuse('SESSION_IS_LOCKED', `Session ${id} is locked by a concurrent client`)
      if (!held) {
        if (all.size >= most)
          throw new DatabaseError('TOO_MANY_SIMULTANEOUS_QUERIES', `There are already ${most} sessions`)
        held = { session: engine.connect(), busy: false, expires: undefined, params: new Set() }
        all.set(id, held)
      }
      const mine = held
      clearTimeout(mine.expires)
      mine.busy = true
      return {
        session: mine.session,
        params: mine.params,
        giveBack(close) {
          mine.busy = false
          if (close) drop(id, mine)
          else mine.expires = setTimeout(() => drop(id, mine), lifetime * 1000).unref()
        },
      }
    },
    closeAll() {
      for (const [id, held] of all) drop(id, held)
    },
  }
}

/** The statement that takes a request's settings and database off a session's connection again. */
export async function restoreStatement(session: Session, asked: Asked, database: string): Promise<string> {
  const names = [...asked.settings.keys()]
  const found = await session.queryAsync(
    `SELECT currentDatabase(), groupArray((name, value, changed)) FROM system.settings WHERE name IN (${names.map(quote).join(', ') || "''"})`,
    { format: 'JSONCompact' },
  )
  const row = found.json<{ data: [string, [string, string, number][]][] }>().data[0]
  if (!row) return ''
  const [current, settings] = row
  const parts = settings.map(([name, value, changed]) => `${name} = ${changed ? quote(value) : 'DEFAULT'}`)
  return [database && `USE ${quoteName(current)}`, parts.length ? `SET ${parts.join(', ')}` : '']
    .filter(Boolean)
    .join('; ')
}
