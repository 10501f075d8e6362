import { fail, redirect } from '@sveltejs/kit'
import { m } from '#lib/paraglide/messages.js'
import { keepToken } from '#lib/server/auth/session-cookie.ts'
import { connections } from '#lib/server/connections.ts'
import { readForm, refuse } from '#lib/server/settings/form.ts'
import { allStores } from '#lib/server/stores.ts'
import { acceptInvitation } from '#lib/server/users/accept-invitation.ts'
import { findInvitation } from '#lib/server/users/find-invitation.ts'

export const load = async ({ params, getClientAddress, setHeaders }) => {
  setHeaders({ 'x-robots-tag': 'noindex' })
  const found = await findInvitation(params.token, getClientAddress())
  if (found.outcome === 'wait') return { outcome: found.outcome, minutes: Math.ceil(found.seconds / 60) }
  if (found.outcome === 'wrong') return { outcome: found.outcome }
  const { purpose, email, name, expires_at } = found.invitation.value
  const store_id = found.invitation.store_id
  const stores = await allStores(connections().warehouse)
  return {
    outcome: found.outcome,
    ...{ purpose, email, name, expires_at },
    store: stores.find((store) => store.store_id === store_id)?.name ?? null,
    known: found.user !== undefined,
  }
}

export const actions = {
  default: async ({ params, request, cookies, url, getClientAddress }) => {
    const found = await findInvitation(params.token, getClientAddress())
    if (found.outcome === 'wait')
      return fail(429, { message: m.login_wait({ minutes: Math.ceil(found.seconds / 60) }) })
    if (found.outcome === 'wrong') return fail(410, { message: m.settings_invitation_used() })
    const accepted = await acceptInvitation(found, await readForm(request))
    if (!('token' in accepted)) return refuse(accepted)
    keepToken(cookies, url, accepted.token)
    redirect(303, '/')
  },
}
