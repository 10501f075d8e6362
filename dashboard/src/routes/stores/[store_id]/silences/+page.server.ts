import { ruleName } from '@guanlan/warehouse/alerts/rule-name'
import { watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { tellSlice } from '#lib/server/alerts/incident-rows.ts'
import { readSilence } from '#lib/server/alerts/silences/read-silence.ts'
import { connections } from '#lib/server/connections.ts'
import { changeSetting, permitted } from '#lib/server/settings/change-setting.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { answer, readForm, refuse } from '#lib/server/settings/form.ts'
import { actorName } from '#lib/server/settings/refusal.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'
import { undoChange } from '#lib/server/settings/undo-change.ts'
import { dimensionLabel } from '#lib/server/words.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  const { warehouse } = connections()
  const language = getLocale()
  const [silences, rules] = await Promise.all([
    readSettings(warehouse, 'silence', { store_id }),
    readSettings(warehouse, 'rule', { store_id }),
  ])
  return {
    now: new Date().toISOString(),
    silences: silences
      .map(({ id, version, actor, value }) => ({
        ...value,
        ...{ id, version, by: actorName(actor), told: value.slice ? tellSlice(value.slice, language) : null },
      }))
      .sort((a, b) => Date.parse(b.starts_at) - Date.parse(a.starts_at)),
    rules: rules.map(({ id, value }) => ({ id, name: ruleName(value.name, language) })),
    slices: watchedSlices.map((name) => ({ name, label: dimensionLabel(name, language) })),
  }
}

interface Event {
  request: Request
  params: { store_id: string }
  locals: App.Locals
}

async function opened({ request, params: { store_id }, locals: { asker } }: Event) {
  await storeOf(asker, store_id)
  permitted(asker, 'handle_incidents', store_id)
  const form = await readForm(request)
  const id = form.text('id')
  return { asker, permission: 'handle_incidents', store_id, kind: 'silence', id, read_version: form.version } as const
}

export const actions = {
  ...documentActions('silence', 'handle_incidents', readSilence),
  /** Ends one that has begun. */
  end: async (event: Event) => {
    const change = await opened(event)
    const [silence] = await readSettings(connections().warehouse, 'silence', change)
    if (!silence) return refuse({ message: m.alerts_silence_gone() })
    const ends_at = new Date().toISOString()
    return answer(await changeSetting({ ...change, value: { ...silence.value, ends_at } }), { id: change.id })
  },
  undo: async (event: Event) => {
    const change = await opened(event)
    return answer(await undoChange(change), { id: change.id })
  },
}
