import { randomUUID } from 'node:crypto'
import { redirect } from '@sveltejs/kit'
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks'
import { paraglideMiddleware } from '#lib/paraglide/server.js'
import { Problem } from '#lib/server/api/problem.ts'
import { keepOwner } from '#lib/server/auth/keep-owner.ts'
import { SessionsAway } from '#lib/server/auth/session.ts'
import { sessionToken } from '#lib/server/auth/session-cookie.ts'
import { whoAsks } from '#lib/server/auth/who-asks.ts'
import { closeConnections, connections, openConnections } from '#lib/server/connections.ts'
import { endStreams } from '#lib/server/live/event-stream.ts'
import { secure } from '#lib/server/security-headers.ts'
import { themeOf } from '#lib/theme.ts'

/** What is answered to everybody. All else asks who you are. */
const open = new Set<string | null>([
  '/login',
  '/invitation/[token]',
  '/incident-link/[token]',
  '/incident-link/[token]/picture.png',
  '/healthz',
  '/api/v1/openapi.json',
])

export const init: ServerInit = () => {
  const opened = openConnections()
  void keepOwner(opened)
  process.once('sveltekit:stopping', endStreams)
  process.once('sveltekit:shutdown', () => void closeConnections())
}

const opening = (locale: string, theme: string) =>
  `<html lang="${locale === 'zh' ? 'zh-CN' : locale}" data-theme="${theme}">`

export const handle: Handle = async ({ event, resolve }) => {
  const { request, url, route, cookies, locals } = event
  const isApi = url.pathname.startsWith('/api/')
  locals.theme = themeOf(cookies.get('guanlan_theme'))
  if (!open.has(route.id)) {
    try {
      const authorization = request.headers.get('authorization')
      locals.asker = await whoAsks({ authorization, token: sessionToken(cookies) })
    } catch (error) {
      if (!isApi) throw error
      connections().log.warn({ err: error }, 'it cannot be found out who asks')
      const told = error instanceof SessionsAway ? ({ code: 'sessions_away' } as const) : {}
      const detail = 'Keys and sessions cannot be read right now. Try again in a moment.'
      return secure(new Problem(503, detail, told).toResponse(), url)
    }
    if (!locals.asker) {
      if (isApi) return secure(new Problem(401, 'Send a read key: Authorization: Bearer …').toResponse(), url)
      if (request.method !== 'GET' || route.id === null)
        return secure(new Response('Log in first.', { status: 401 }), url)
      const next = url.pathname + url.search
      redirect(303, next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`)
    }
    // A key reads the API; pages are for people.
    if (locals.asker.kind === 'key' && !isApi) return secure(new Response('Not found', { status: 404 }), url)
  }
  const response = await paraglideMiddleware(request, ({ locale }) =>
    resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('<html lang="zh-CN" data-theme="system">', opening(locale, locals.theme)),
    }),
  )
  return secure(response, url)
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return
  const id = randomUUID()
  connections().log.error({ err: error, id, route: event.route.id }, 'a request failed')
  return { message: 'The server failed.', id }
}
