import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { refuse } from './errors.ts'

interface Credentials {
  user: string
  password: string
}

function given(req: IncomingMessage, params: URLSearchParams): Credentials | undefined {
  const header = (name: string) => req.headers[name]?.toString()
  const user = header('x-clickhouse-user')
  const key = header('x-clickhouse-key')
  if (user !== undefined || key !== undefined) return { user: user || 'default', password: key ?? '' }
  const [scheme = '', value = ''] = (header('authorization') ?? '').split(' ')
  if (scheme.toLowerCase() === 'basic') {
    const text = Buffer.from(value, 'base64').toString()
    const colon = text.indexOf(':')
    return colon < 0
      ? { user: text || 'default', password: '' }
      : { user: text.slice(0, colon) || 'default', password: text.slice(colon + 1) }
  }
  if (scheme !== '') return { user: `<${scheme}>`, password: value }
  if (params.has('user') || params.has('password'))
    return { user: params.get('user') || 'default', password: params.get('password') ?? '' }
  return undefined
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))

/**
 * Checks X-ClickHouse-User and -Key, Basic authorization or the parameters user and password against the one user there is.
 * @throws REQUIRED_PASSWORD when there are none and one is needed, AUTHENTICATION_FAILED when they are wrong
 */
export function authenticate(req: IncomingMessage, params: URLSearchParams, known: Credentials): void {
  const asked = given(req, params)
  if (!asked) {
    if (known.password === '') return
    throw refuse('REQUIRED_PASSWORD', `${known.user}: Authentication failed: password is required`)
  }
  const user = same(asked.user, known.user)
  const password = same(asked.password, known.password)
  if (user && password) return
  throw refuse(
    'AUTHENTICATION_FAILED',
    `${asked.user}: Authentication failed: password is incorrect, or there is no user with such name`,
  )
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

/**
 * Tells a web page of another origin from a program: without a password, only that keeps pages a browser shows away from the
 * data. A name that resolves to loopback counts as another origin too.
 */
export function isForeignPage(req: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site } = req.headers
  if (!loopback.test(host)) return true
  if (site === 'cross-site') return true
  return origin !== undefined && !loopback.test(origin.replace(/^https?:\/\//, ''))
}
