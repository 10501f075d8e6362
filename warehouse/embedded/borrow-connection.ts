import type { Session } from 'chdb'
import type { Engine } from './engine.ts'
import { refuse } from './errors.ts'
import { prepare } from './execute.ts'
import { restoreStatement, type Sessions } from './sessions.ts'
import { type Asked, quoteName, setStatement } from './settings.ts'
import type { Statement } from './statement.ts'
import { tokens } from './tokens.ts'
import type { Turn } from './turn.ts'

const flag = (value: string | null) => value === '1' || value === 'true'

const used = (statement: Statement): string => ('sql' in statement ? statement.sql : statement.head)

/** Names of the `{name:Type}` in SQL. */
function substitutions(sql: string): Set<string> {
  const names = new Set<string>()
  const list = [...tokens(sql)]
  for (const [at, token] of list.entries())
    if (list[at - 1]?.text === '{' && list[at + 1]?.text === ':') names.add(token.text)
  return names
}

/**
 * A connection with a request's settings, parameters and database on it: one of its own, which ends with the turn, or its
 * session's, which is left as it was found.
 * @throws DatabaseError
 */
export async function borrowConnection(
  world: { engine: Engine; sessions: Sessions },
  turn: Turn,
  request: { params: URLSearchParams; asked: Asked; database: string; statement: Statement; readOnly: boolean },
): Promise<Session> {
  const { params, asked, database, statement, readOnly } = request
  const use = database === '' ? '' : `USE ${quoteName(database)}`
  const id = params.get('session_id')
  if (!id) {
    const session = world.engine.connect()
    turn.defer(() => session.close())
    await prepare(session, [use, setStatement(asked, readOnly)])
    return session
  }
  const taken = world.sessions.take(id, {
    timeout: params.get('session_timeout'),
    mustExist: flag(params.get('session_check')),
  })
  turn.defer(() => taken.giveBack(flag(params.get('close_session'))))
  // `readonly` could not be taken off the connection again, and a parameter neither.
  const only = Number(asked.settings.get('readonly') ?? 0) > 0
  if ((readOnly || only) && statement.kind !== 'select' && statement.kind !== 'read')
    throw refuse('READONLY', 'default: Cannot execute query in readonly mode')
  asked.settings.delete('readonly')
  for (const name of substitutions(used(statement)))
    if (taken.params.has(name) && !asked.params.has(name))
      throw refuse('UNKNOWN_QUERY_PARAMETER', `Substitution \`${name}\` is not set`)
  for (const name of asked.params.keys()) taken.params.add(name)
  if (asked.settings.size || use !== '') {
    const restore = await restoreStatement(taken.session, asked, database)
    turn.defer(() => prepare(taken.session, [restore]))
  }
  await prepare(taken.session, [use, setStatement(asked, false)])
  return taken.session
}
