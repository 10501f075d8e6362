import { Problem } from '#lib/server/api/problem.ts'
import { readStore } from '#lib/server/api/read-store.ts'
import { nameOf } from '#lib/server/auth/asker.ts'
import { sessionToken } from '#lib/server/auth/session-cookie.ts'
import { whoAsks } from '#lib/server/auth/who-asks.ts'
import { connections } from '#lib/server/connections.ts'
import { changesOf } from '#lib/server/live/event-stream.ts'

export const GET = async ({ locals: { asker }, url, request, cookies }) => {
  const { warehouse, changes, log } = connections()
  const storeId = url.searchParams.get('store_id') ?? ''
  const credentials = { authorization: request.headers.get('authorization'), token: sessionToken(cookies) }
  const mayStill = async () => {
    const now = await whoAsks(credentials)
    return readStore(warehouse, now, storeId).then(() => true, orFalse)
  }
  try {
    const { store_id } = await readStore(warehouse, asker, storeId)
    return changesOf(changes, store_id, { by: asker ? nameOf(asker) : '', mayStill, log })
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    throw error
  }
}

function orFalse(error: unknown): false {
  if (error instanceof Problem) return false
  throw error
}
