import { redirect } from '@sveltejs/kit'
import { endSession } from '#lib/server/auth/session.ts'
import { dropToken, sessionToken } from '#lib/server/auth/session-cookie.ts'
import { connections } from '#lib/server/connections.ts'

export const load = () => redirect(303, '/')

export const actions = {
  default: async ({ cookies, url }) => {
    const token = sessionToken(cookies)
    if (token) await endSession(connections().redis, token)
    dropToken(cookies, url)
    redirect(303, '/login')
  },
}
