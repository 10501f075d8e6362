import { readSettings } from '@guanlan/warehouse/settings/read'
import { connections } from '#lib/server/connections.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { readAnnotation } from '#lib/server/settings/read-annotation.ts'
import { actorName } from '#lib/server/settings/refusal.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  const settings = await readSettings(connections().warehouse, 'annotation', { store_id })
  return {
    entries: settings
      .map(({ id, version, actor, value }) => ({ id, version, by: actorName(actor), ...value }))
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  }
}

export const actions = documentActions('annotation', 'annotate', readAnnotation)
