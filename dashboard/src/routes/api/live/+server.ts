import { Problem } from '#lib/server/api/problem.ts'
import { readStore } from '#lib/server/api/read-store.ts'
import { connections } from '#lib/server/connections.ts'
import { changesOf } from '#lib/server/live/event-stream.ts'

export const GET = async ({ locals, url }) => {
  const { warehouse, changes } = connections()
  try {
    const store = await readStore(warehouse, locals.asker, url.searchParams.get('store_id') ?? '')
    return changesOf(changes, store.store_id)
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    throw error
  }
}
