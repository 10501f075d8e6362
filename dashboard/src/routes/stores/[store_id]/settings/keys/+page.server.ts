import { error } from '@sveltejs/kit'
import { may } from '#lib/server/auth/permissions.ts'
import { connections } from '#lib/server/connections.ts'
import { answer, readForm, refuse } from '#lib/server/settings/form.ts'
import { makeKey, restoreKey, revokeKey, rotateKey } from '#lib/server/settings/keys/key-actions.ts'
import { listKeys } from '#lib/server/settings/keys/list-keys.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  await storeOf(locals.asker, params.store_id)
  if (!may(locals.asker, 'see_keys', params.store_id)) error(404)
  const { warehouse, redis, env } = connections()
  const instance = may(locals.asker, 'see_keys', '')
  return {
    keys: await listKeys({ warehouse, redis }, { store_id: params.store_id, instance, env }),
    owner: may(locals.asker, 'change_keys', ''),
  }
}

export const actions = {
  create: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const made = await makeKey(locals.asker, params.store_id, await readForm(request))
    return 'secret' in made ? made : refuse(made)
  },
  rotate: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const made = await rotateKey(locals.asker, params.store_id, await readForm(request))
    return 'secret' in made ? made : refuse(made)
  },
  revoke: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    return answer(await revokeKey(locals.asker, params.store_id, await readForm(request)))
  },
  put_back: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    return answer(await restoreKey(locals.asker, params.store_id, await readForm(request)))
  },
}
