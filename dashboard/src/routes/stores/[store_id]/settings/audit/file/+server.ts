import { error } from '@sveltejs/kit'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { csvResponse } from '#lib/server/api/csv.ts'
import { readAudit } from '#lib/server/audit/read-audit.ts'
import { momentWords } from '#lib/server/audit/value-words.ts'
import { may } from '#lib/server/auth/permissions.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'
import { auditFilterOf } from '#lib/settings/audit-filter.ts'
import { whatLabels } from '#lib/settings/labels.ts'

/** More than anybody reads; a longer log is told by its newest changes. */
const most = 20_000

/** The log of changes as a file, a row a field. */
export const GET = async ({ params, locals, url }) => {
  const store = await storeOf(locals.asker, params.store_id)
  if (!may(locals.asker, 'see_audit', store.store_id)) error(404)
  const { filter } = auditFilterOf(url.searchParams)
  const reader = { language: getLocale(), time_zone: store.time_zone }
  const rows = await readAudit(locals.asker, store, { filter, page: 0, size: most })
  const columns = [
    ...[m.settings_audit_at(), m.settings_audit_actor(), m.settings_audit_kind(), m.settings_field_name()],
    ...[m.settings_audit_what(), m.settings_audit_field(), m.settings_audit_before(), m.settings_audit_after()],
  ]
  const lines = rows.flatMap(({ at, actor, kind, name, what, fields }) => {
    const shared = [momentWords(at, reader), actor, kind, name, whatLabels[what]()]
    const each = fields.length > 0 ? fields : [{ label: '', before: '', after: '' }]
    return each.map(({ label, before, after }) => [...shared, label, before, after])
  })
  return csvResponse({ columns, rows: lines }, `${store.store_id}-audit`)
}
