import { fromClickHouse } from '@guanlan/warehouse/instant'
import { settingsActors, settingsHistory } from '@guanlan/warehouse/settings/history'
import { DateTime } from 'luxon'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import type { AuditFilter } from '#lib/settings/audit-filter.ts'
import { fieldLabels, kindLabels } from '#lib/settings/labels.ts'
import type { Asker } from '../auth/asker.ts'
import { may } from '../auth/permissions.ts'
import { connections } from '../connections.ts'
import { actorName } from '../settings/refusal.ts'
import type { NamedStore } from '../stores.ts'
import { changeFields } from './change-fields.ts'
import { type Reader, valueWords } from './value-words.ts'

/** One change as people read it; nothing in it is secret. */
export interface AuditRow {
  key: string
  at: string
  actor: string
  kind: string
  /** What it is called: a store's, key's or campaign's name, a user's address. */
  name: string
  /** Of the whole instance. */
  everywhere: boolean
  what: 'made' | 'changed' | 'removed'
  version: number
  fields: { label: string; before: string; after: string }[]
}

/** The part of the log that a filter names, of the stores whose log the asker may see. */
function partOf(asker: Asker | undefined, { store_id, time_zone }: NamedStore, filter: AuditFilter) {
  const midnight = (day: string) => DateTime.fromISO(day, { zone: time_zone }).toISO() ?? undefined
  const [from, to] = [filter.from && midnight(filter.from), filter.to && midnight(filter.to)]
  return {
    store_ids: may(asker, 'see_audit', '') ? [store_id, ''] : [store_id],
    ...(filter.kind && { kind: filter.kind }),
    ...(filter.actor && { actor: filter.actor }),
    ...(from && { from }),
    ...(to && { to }),
  }
}

/** Changes, the newest first. @param page from 0 */
export async function readAudit(
  asker: Asker | undefined,
  store: NamedStore,
  { filter, page, size }: { filter: AuditFilter; page: number; size: number },
): Promise<AuditRow[]> {
  const reader = { language: getLocale(), time_zone: store.time_zone }
  const part = partOf(asker, store, filter)
  const rows = await settingsHistory(connections().warehouse, { ...part, limit: size, offset: page * size })
  return rows.map((row) => ({
    key: `${row.store_id} ${row.kind} ${row.id} ${row.version}`,
    at: fromClickHouse(row.at),
    actor: actorName(row.actor),
    kind: kindLabels[row.kind]?.() ?? row.kind,
    name: nameOf(row, reader),
    everywhere: row.store_id === '',
    what: row.value === '' ? 'removed' : row.before === '' ? 'made' : 'changed',
    version: row.version,
    fields: fieldsOf(row, reader),
  }))
}

/** What differs, in words: of what is new or gone, only what there was to say; and of a secret, once. */
function fieldsOf({ before, value }: { before: string; value: string }, reader: Reader): AuditRow['fields'] {
  const told = changeFields(before, value).map(({ field, before, after, secret }) => ({
    label: fieldLabels[field]?.() ?? field,
    before: secret ? '' : valueWords(field, before, reader),
    after: secret ? m.settings_audit_secret() : valueWords(field, after, reader),
  }))
  const labels = told.map(({ label }) => label)
  return told.filter(({ label, before, after }, at) => before !== after && labels.indexOf(label) === at)
}

/** By whom and how often the log was written, whatever the person and the page. */
export const auditActors = async (asker: Asker | undefined, store: NamedStore, filter: AuditFilter) =>
  (await settingsActors(connections().warehouse, partOf(asker, store, { ...filter, actor: null }))).map(
    ({ actor, changes }) => ({ actor, name: actorName(actor), changes }),
  )

function nameOf({ value, before, id }: { value: string; before: string; id: string }, reader: Reader): string {
  const known = JSON.parse(value || before || '{}') as Record<string, unknown>
  for (const field of ['email', 'name', 'text', 'metric']) {
    const told = known[field]
    if (typeof told === 'string' && told !== '') return valueWords(field, told, reader)
  }
  return id
}
