import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { announceChanged } from '@guanlan/jobs/changed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertStore } from './testing/insert-facts.ts'
import { admin, readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
beforeAll(async () => {
  dashboard = await startDashboard()
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
})
afterAll(() => dashboard.stop())

interface Login {
  email?: string
  password?: string
  origin?: string
  next?: string
}
const login = ({ email = admin.email, password = admin.password, origin = dashboard.url, next }: Login = {}) =>
  fetch(`${dashboard.url}/login${next ? `?next=${encodeURIComponent(next)}` : ''}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin, accept: 'text/html' },
    body: new URLSearchParams({ email, password }),
  })

async function cookie() {
  const response = await login()
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
const page = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${dashboard.url}${path}`, { redirect: 'manual', headers: { accept: 'text/html', ...headers } })

test('who is not logged in sees nothing but the login, and comes back to where they wanted', async () => {
  const response = await page('/stores/main/overview?period=today')
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/login?next=%2Fstores%2Fmain%2Foverview%3Fperiod%3Dtoday')
  expect((await page('/stores/main/overview/__data.json')).status).not.toBe(404)
  expect(await (await page('/stores/main/overview/__data.json')).text()).not.toContain('观澜')
  expect((await page('/api/live?store_id=main')).status).toBe(401)
  const back = await login({ next: '/stores/main/overview?period=today' })
  expect(back.headers.get('location')).toBe('/stores/main/overview?period=today')
  expect((await login({ next: '//evil.example' })).headers.get('location')).toBe('/')
})

test('a proxy’s own name and password, which browsers send along, keep nobody out', async () => {
  const basic = { authorization: `Basic ${btoa('proxy:secret')}` }
  expect((await page('/stores/main/overview', { cookie: await cookie(), ...basic })).status).toBe(200)
  expect((await page('/stores/main/overview', basic)).status).toBe(303)
  expect(
    (await page('/stores/main/overview', { cookie: await cookie(), authorization: 'Bearer guessed' })).status,
  ).toBe(303)
})

test('a login gives a cookie that scripts cannot read and other sites cannot send along', async () => {
  const [set = ''] = (await login()).headers.getSetCookie()
  expect(set).toMatch(/^guanlan_session=[\w-]{43}; /)
  expect(set).toContain('HttpOnly')
  expect(set).toContain('SameSite=Lax')
  expect(set).not.toContain('Secure')
})

test('a form of another site is refused', async () => {
  expect((await login({ origin: 'https://evil.example' })).status).toBe(403)
  expect((await login({ origin: dashboard.url.replace('http:', 'https:') })).status).toBe(403)
})

test('a page carries its policy, and its numbers are stored by nobody', async () => {
  const response = await page('/stores/main/overview', { cookie: await cookie() })
  expect(response.status).toBe(200)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'/)
  expect(policy).not.toMatch(/unsafe-(inline|eval)/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(response.headers.get('cache-control')).toContain('no-store')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await response.text()).toContain('观澜生活馆')
})

test('the language and the theme are those chosen, in the first byte of the page', async () => {
  const zh = await (await page('/login', { cookie: 'guanlan_language=zh; guanlan_theme=dark' })).text()
  expect(zh).toContain('<html lang="zh-CN" data-theme="dark">')
  const en = await (await page('/login', { 'accept-language': 'en-GB,en;q=0.9' })).text()
  expect(en).toContain('<html lang="en" data-theme="system">')
  const wrong = await (await page('/login', { cookie: 'guanlan_theme="><script>' })).text()
  expect(wrong).toContain('data-theme="system"')
})

test('a store that does not exist is not found', async () => {
  expect((await page('/stores/nowhere/overview', { cookie: await cookie() })).status).toBe(404)
})

test('a logout ends the session for good', async () => {
  const own = await cookie()
  const out = await fetch(`${dashboard.url}/logout`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: dashboard.url, cookie: own, accept: 'text/html' },
    body: new URLSearchParams(),
  })
  expect(out.headers.get('location')).toBe('/login')
  expect((await page('/stores/main/overview', { cookie: own })).status).toBe(303)
})

test('ten wrong passwords make an account wait, the right one as well; an unknown account looks the same', async () => {
  const statuses = async (email: string) => {
    const seen: number[] = []
    for (let attempt = 0; attempt < 11; attempt++)
      seen.push((await login({ email, password: 'wrong password' })).status)
    return seen
  }
  const expected = [...Array(10).fill(400), 429]
  expect(await statuses('nobody@example.com')).toEqual(expected)
  expect(await statuses('OWNER@example.com')).toEqual(expected)
  expect((await login()).status).toBe(429)
  const keys = await dashboard.redis.keys('limit:login:*')
  expect(keys.join(' ')).not.toContain('example.com')
  await dashboard.redis.del(...keys)
})

test('a change of the store is told to an open page, and SIGTERM ends the page’s stream at once', async () => {
  const response = await page('/api/live?store_id=main', { cookie: await cookie(), accept: 'text/event-stream' })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const announced = setInterval(() => void announceChanged(dashboard.redis, { store_id: 'main', what: 'facts' }), 50)
  while (!heard.includes('event: changed')) heard += (await reader?.read())?.value ?? ''
  clearInterval(announced)
  dashboard.server.kill('SIGTERM')
  while (!(await reader?.read())?.done);
  if (dashboard.server.exitCode === null) await once(dashboard.server, 'exit')
  expect(dashboard.server.exitCode).toBe(0)
})

test('without a warehouse the read API says so, and the process stays', async () => {
  const alone = await startDashboard({
    CLICKHOUSE_URL: 'http://127.0.0.1:1/default',
    ADMIN_EMAIL: '',
    ADMIN_PASSWORD: '',
  })
  const ask = (key: string) =>
    fetch(`${alone.url}/api/v1/rfm?store_id=main&from=2026-11-01&to=2026-12-01`, {
      headers: { authorization: `Bearer ${key}` },
    })
  const [known, unknown] = await Promise.all([ask(readKey), ask('another')])
  expect([known.status, unknown.status]).toEqual([503, 503])
  expect(known.headers.get('content-type')).toBe('application/problem+json')
  expect(await (await fetch(`${alone.url}/healthz`)).json()).toEqual({ status: 'ok', warehouse: false, redis: true })
  expect(await alone.stop()).toBe(0)
})

test('a wrong variable ends the start with a sentence that names it and not its value', () => {
  const start = (env: Record<string, string>) =>
    spawnSync(process.execPath, ['serve.ts'], { cwd: import.meta.dirname, encoding: 'utf8', env })
  const wrong = start({ DASHBOARD_PORT: 'x', ADMIN_EMAIL: 'nobody' })
  expect(wrong.status).toBe(1)
  expect(wrong.stdout).toContain('DASHBOARD_PORT is wrong: it must be a port, 1 to 65535.')
  expect(wrong.stdout).toContain('ADMIN_EMAIL is wrong: it must be an e-mail address.')
  expect(wrong.stdout).not.toContain('nobody')
})
