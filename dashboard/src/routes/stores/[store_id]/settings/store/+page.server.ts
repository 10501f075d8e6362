import { readSettings } from '@guanlan/warehouse/settings/read'
import { error, redirect } from '@sveltejs/kit'
import { getLocale } from '#lib/paraglide/runtime.js'
import { may } from '#lib/server/auth/permissions.ts'
import { connections } from '#lib/server/connections.ts'
import { answer, isWritten, readForm, refuse } from '#lib/server/settings/form.ts'
import { createStore } from '#lib/server/settings/store/create-store.ts'
import { endStore, isDemoStore } from '#lib/server/settings/store/end-store.ts'
import { saveStore } from '#lib/server/settings/store/save-store.ts'
import { timeZones } from '#lib/server/settings/store/time-zones.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  await storeOf(locals.asker, params.store_id)
  const { store_id } = params
  const [stands] = await readSettings(connections().warehouse, 'store', { store_id, id: store_id })
  if (!stands) error(404)
  const owner = may(locals.asker, 'change_store', '')
  return {
    version: stands.version,
    value: stands.value,
    owner,
    demo: await isDemoStore(store_id),
    zones: owner || may(locals.asker, 'change_store', store_id) ? timeZones(getLocale()) : [],
  }
}

export const actions = {
  save: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const saved = await saveStore(locals.asker, params.store_id, await readForm(request))
    if (isWritten(saved)) return answer(saved)
    return refuse(saved)
  },
  create: async ({ request, locals }) => {
    const made = await createStore(locals.asker, await readForm(request))
    if (!('store_id' in made)) return refuse(made)
    redirect(303, `/stores/${made.store_id}/settings/store`)
  },
  remove: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const ended = await endStore(locals.asker, params.store_id, await readForm(request))
    if (!('removed' in ended)) return refuse(ended)
    redirect(303, '/')
  },
}
