import { liveViewOf } from '#lib/live/live-view.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { Problem } from '#lib/server/api/problem.ts'
import { readStore } from '#lib/server/api/read-store.ts'
import { pageWorld } from '#lib/server/ask.ts'
import { connections } from '#lib/server/connections.ts'
import { type LivePart, liveParts, loadLive } from '#lib/server/live/load-live.ts'

const parts = Object.keys(liveParts) as LivePart[]

/** What the Live page shows, or a part of it, asked for again by the page itself: a page that stays up for days must not become an error page. */
export const GET = async ({ locals, url }) => {
  const { warehouse, log } = connections()
  try {
    const store = await readStore(warehouse, locals.asker, url.searchParams.get('store_id') ?? '')
    const part = parts.find((each) => each === url.searchParams.get('part'))
    const live = await loadLive(pageWorld(locals.asker, store), liveViewOf(url.searchParams), getLocale(), part)
    return Response.json(live, { headers: { 'cache-control': 'private, no-store' } })
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    log.warn({ err: error }, 'the live page could not be told')
    return new Problem(503, 'The warehouse does not answer right now. Try again in a moment.').toResponse()
  }
}
