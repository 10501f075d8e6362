import { readSettings } from '@guanlan/warehouse/settings/read'
import { error } from '@sveltejs/kit'
import { roleIn } from '#lib/server/auth/permissions.ts'
import { endSession } from '#lib/server/auth/session.ts'
import { keepToken, sessionToken } from '#lib/server/auth/session-cookie.ts'
import { connections } from '#lib/server/connections.ts'
import { answer, readForm, refuse } from '#lib/server/settings/form.ts'
import { changeName, changePassword } from '#lib/server/users/own-account.ts'

export const load = async ({ params, locals: { asker }, depends }) => {
  depends('store:settings')
  if (asker?.kind !== 'user') error(404)
  const [user] = await readSettings(connections().warehouse, 'user', { store_id: '', id: asker.id })
  if (!user) error(404)
  return {
    account: { email: user.value.email, name: user.value.name, version: user.version },
    role: roleIn(asker, params.store_id) ?? null,
  }
}

export const actions = {
  name: async ({ request, locals }) => answer(await changeName(locals.asker, await readForm(request))),
  password: async ({ request, locals, cookies, url }) => {
    const changed = await changePassword(locals.asker, await readForm(request))
    if (!('token' in changed)) return refuse(changed)
    const before = sessionToken(cookies)
    if (before) await endSession(connections().redis, before)
    keepToken(cookies, url, changed.token)
    return { changed: true }
  },
}
