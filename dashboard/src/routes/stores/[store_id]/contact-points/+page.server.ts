import { contactPointTypes } from '@guanlan/warehouse/settings/alerting'
import { error } from '@sveltejs/kit'
import { listContactPoints } from '#lib/server/alerts/contact-points/list-contact-points.ts'
import { readContactPoint } from '#lib/server/alerts/contact-points/read-contact-point.ts'
import { tryContactPoint } from '#lib/server/alerts/contact-points/try-contact-point.ts'
import { may } from '#lib/server/auth/permissions.ts'
import { permitted } from '#lib/server/settings/change-setting.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { readForm, refuse } from '#lib/server/settings/form.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

export const load = async ({ params, locals, url, depends }) => {
  depends('store:settings', 'store:incidents')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  if (!may(locals.asker, 'change_contact_points', store_id)) error(404)
  const only = url.searchParams.get('contact_point') ?? ''
  return { ...(await listContactPoints(store_id, only)), only, types: contactPointTypes }
}

export const actions = {
  ...documentActions('contact_point', 'change_contact_points', readContactPoint),
  test: async ({ request, params, locals }) => {
    const { store_id } = await storeOf(locals.asker, params.store_id)
    permitted(locals.asker, 'change_contact_points', store_id)
    const id = (await readForm(request)).text('id')
    return { id, tested: await tryContactPoint(store_id, id) }
  },
  /** What the form says, as it would be saved; nothing is. */
  test_draft: async ({ request, params, locals }) => {
    const store = await storeOf(locals.asker, params.store_id)
    permitted(locals.asker, 'change_contact_points', store.store_id)
    const form = await readForm(request)
    const draft = await readContactPoint(form, store)
    if ('fields' in draft) return refuse(draft)
    return { tested: await tryContactPoint(store.store_id, form.text('id') || 'draft', draft.value) }
  },
}
