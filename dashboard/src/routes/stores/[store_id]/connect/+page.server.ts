import { arrivalsEndpoint } from '#lib/server/api/arrivals-endpoint.ts'
import { rejectionsEndpoint } from '#lib/server/api/rejections-endpoint.ts'
import { askPanel, pageWorld, questionOf } from '#lib/server/ask.ts'
import { snippetKey } from '#lib/server/connect/snippet-key.ts'
import { trackerVersion } from '#lib/server/connect/tracker-version.ts'
import { connections } from '#lib/server/connections.ts'
import { soon } from '#lib/server/panels.ts'

export const load = async ({ parent, locals, depends }) => {
  depends('store:facts')
  const { store } = await parent()
  const world = pageWorld(locals.asker, store)
  const { store_id } = store
  const { env } = connections()
  const version = trackerVersion(env)
  const panels = await soon({
    arrivals: askPanel(world, arrivalsEndpoint, { store_id }),
    rejections: askPanel(world, rejectionsEndpoint, { store_id, hours: 1 }),
  })
  return {
    ...panels,
    questions: { arrivals: questionOf(arrivalsEndpoint, { store_id }) },
    now: new Date().toISOString(),
    snippet: await snippetKey(world.warehouse, store_id, locals.asker, env),
    version: await version,
  }
}
