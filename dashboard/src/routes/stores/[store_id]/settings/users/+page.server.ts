import { roles } from '@guanlan/warehouse/settings/access'
import { error } from '@sveltejs/kit'
import { may } from '#lib/server/auth/permissions.ts'
import { answer, readForm, refuse } from '#lib/server/settings/form.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'
import { changeRoles, removeUser } from '#lib/server/users/change-user.ts'
import { cancelInvitation, invite, inviteAgain } from '#lib/server/users/invite.ts'
import { listInvitations, listResets, listUsers } from '#lib/server/users/list-users.ts'
import { cancelReset, resetLink } from '#lib/server/users/reset-link.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  await storeOf(locals.asker, params.store_id)
  if (!may(locals.asker, 'change_users', params.store_id)) error(404)
  return {
    users: await listUsers(locals.asker, params.store_id),
    invitations: await listInvitations(locals.asker, params.store_id),
    resets: await listResets(locals.asker, params.store_id),
    owner: may(locals.asker, 'change_users', ''),
    roles,
  }
}

export const actions = {
  invite: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const invited = await invite(locals.asker, params.store_id, await readForm(request))
    return 'token' in invited || 'given' in invited ? invited : refuse(invited)
  },
  invite_again: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const invited = await inviteAgain(locals.asker, params.store_id, await readForm(request))
    return 'token' in invited || 'given' in invited ? invited : refuse(invited)
  },
  cancel: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    return answer(await cancelInvitation(locals.asker, params.store_id, await readForm(request)))
  },
  change: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    return answer(await changeRoles(locals.asker, params.store_id, await readForm(request)))
  },
  remove: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    return answer(await removeUser(locals.asker, params.store_id, await readForm(request)))
  },
  reset: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    const made = await resetLink(locals.asker, params.store_id, await readForm(request))
    return 'token' in made ? made : refuse(made)
  },
  cancel_reset: async ({ request, params, locals }) => {
    await storeOf(locals.asker, params.store_id)
    return answer(await cancelReset(locals.asker, params.store_id, await readForm(request)))
  },
}
