import { fail, redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { isOwnPath } from '#lib/address.ts'
import { askerOfSession } from '#lib/server/auth/asker.ts'
import { createLogin } from '#lib/server/auth/login.ts'
import { keepToken, sessionToken } from '#lib/server/auth/session-cookie.ts'
import { connections } from '#lib/server/connections.ts'

const credentials = z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(1024) })

const next = (url: URL) => {
  const path = url.searchParams.get('next')
  return isOwnPath(path) ? path : '/'
}

let login: ReturnType<typeof createLogin> | undefined

export const load = async ({ cookies, url }) => {
  const token = sessionToken(cookies)
  const asker = token && (await askerOfSession(connections(), token).catch(() => undefined))
  if (asker) redirect(303, next(url))
}

export const actions = {
  default: async ({ request, cookies, url, getClientAddress }) => {
    const form = Object.fromEntries(await request.formData())
    const email = typeof form.email === 'string' ? form.email : ''
    const given = credentials.safeParse(form)
    if (!given.success) return fail(400, { email, problem: 'wrong' as const })
    login ??= createLogin(connections())
    const answer = await login({ ...given.data, address: getClientAddress() }).catch((error: unknown) => {
      connections().log.error({ err: error }, 'a login failed')
      return undefined
    })
    if (!answer) return fail(503, { email, problem: 'unavailable' as const })
    if (answer.outcome === 'wait') {
      return fail(429, { email, problem: 'wait' as const, minutes: Math.ceil(answer.seconds / 60) })
    }
    if (answer.outcome === 'wrong') return fail(400, { email, problem: 'wrong' as const })
    keepToken(cookies, url, answer.token)
    redirect(303, next(url))
  },
}
