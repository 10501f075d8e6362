import { error } from '@sveltejs/kit'
import { auditActors, readAudit } from '#lib/server/audit/read-audit.ts'
import { may } from '#lib/server/auth/permissions.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'
import { auditFilterOf } from '#lib/settings/audit-filter.ts'

const size = 50

export const load = async ({ params, locals, url, depends }) => {
  depends('store:settings')
  const store = await storeOf(locals.asker, params.store_id)
  if (!may(locals.asker, 'see_audit', store.store_id)) error(404)
  const { filter, page } = auditFilterOf({ get: (name) => url.searchParams.get(name) })
  const [rows, actors] = await Promise.all([
    readAudit(locals.asker, store, { filter, page, size }),
    auditActors(locals.asker, store, filter),
  ])
  const all = actors.reduce(
    (sum, { actor, changes }) => sum + (!filter.actor || filter.actor === actor ? changes : 0),
    0,
  )
  return { rows, pages: Math.max(1, Math.ceil(all / size)), page, filter, actors, all }
}
