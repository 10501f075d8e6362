import { readSettings } from '@guanlan/warehouse/settings/read'
import { usualTracking } from '@guanlan/warehouse/settings/tracking'
import { connections } from '#lib/server/connections.ts'
import { answer, isWritten, readForm, refuse } from '#lib/server/settings/form.ts'
import { saveTracking } from '#lib/server/settings/save-tracking.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  const [setting] = await readSettings(connections().warehouse, 'tracking', { store_id, id: 'tracking' })
  return { version: setting?.version ?? 0, value: setting?.value ?? usualTracking }
}

export const actions = {
  save: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const saved = await saveTracking(locals.asker, params.store_id, await readForm(request))
    return isWritten(saved) ? answer(saved) : refuse(saved)
  },
}
