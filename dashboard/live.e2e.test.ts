import { announceChanged } from '@guanlan/jobs/changed'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertStore } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>

const hour = 3_600_000
const day = 24 * hour
/** The zone in which it is about noon now, whenever the test runs: today has a morning, and so had yesterday. */
const ahead = 12 - new Date().getUTCHours()
const zone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`

/** The store's day, so many days from today. */
const dayFromNow = (days: number) => new Date(Date.now() + ahead * hour + days * day).toISOString().slice(0, 10)

/** So long ago, as ClickHouse writes it. */
const ago = (ms: number) => new Date(Date.now() - ms).toISOString().replace('T', ' ').slice(0, 23)

const order = (order_id: string, placed_at: string, gross: string, values: object = {}) => ({
  store_id: 'main',
  order_id,
  source: 'ledger',
  status: 'paid',
  type: 'normal',
  customer_id: `customer-of-${order_id}`,
  channel: 'douyin',
  province: '浙江',
  placed_at,
  paid_at: placed_at,
  currency: 'CNY',
  gross,
  'lines.line_no': [1],
  'lines.sku': ['tea'],
  'lines.name': ['龙井'],
  'lines.category': ['tea'],
  'lines.quantity': [2],
  'lines.price': [Number(gross) / 2],
  'lines.discount': [0],
  updated_at: placed_at,
  content_hash: 1,
  received_at: ago(0),
  ...values,
})
const view = (store_id: string, visitor_id: string, at: string) => ({
  store_id,
  message_id: `${visitor_id} ${at}`,
  name: 'page_view',
  visitor_id,
  channel: 'douyin',
  timestamp: at,
  occurred_at: at,
  received_at: at,
})
const insert = (table: string, values: object[]) => dashboard.warehouse.insert({ table, values, format: 'JSONEachRow' })

beforeAll(async () => {
  dashboard = await startDashboard({ WRITE_KEY: 'the-write-key', STORE_ID: 'empty' })
  await insertStore(dashboard, 'main', { name: '观澜生活馆', time_zone: zone })
  await insertStore(dashboard, 'empty', { name: 'Empty store' })
  await insertStore(dashboard, 'quiet', { name: 'Quiet store', time_zone: zone })
  await insert('events', [
    view('main', 'v1', ago(2000)),
    view('main', 'v2', ago(3000)),
    view('main', 'v3', ago(2 * hour)),
    view('main', 'v1', ago(day + 2 * hour)),
    // Tomorrow of yesterday: it does not count before its time of the day has come.
    view('main', 'v9', ago(day - 2 * hour)),
    // A store that usually has ten visitors by now, and has been silent for 20 minutes.
    ...Array.from({ length: 7 }, (_, days) =>
      Array.from({ length: 10 }, (_, at) => view('quiet', `q${at}`, ago((days + 1) * day + (at + 1) * 60_000))),
    ).flat(),
    view('quiet', 'q1', ago(20 * 60_000)),
  ])
  await insert('orders', [
    order('o1', ago(2 * hour), '300'),
    order('o2', ago(hour), '100.5', { channel: 'wecom', 'lines.sku': ['cup'], 'lines.name': ['盖碗'] }),
    order('o3', ago(30 * 60_000), '99', { paid_at: null, status: 'pending' }),
    order('y1', ago(day + 2 * hour), '200', { 'lines.sku': ['pot'], 'lines.name': ['紫砂壶'], channel: 'wecom' }),
    order('y2', ago(day - 2 * hour), '1000'),
  ])
  await writeSetting(dashboard, {
    store_id: 'main',
    kind: 'target',
    id: 'today',
    read_version: 0,
    value: { metric: 'paid_gmv', from: dayFromNow(0), to: dayFromNow(1), value: 801 },
    actor: 'test',
  })
  browser = await openBrowser(dashboard.url)
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

const live = '/stores/main/live'
const value = (page: Page, metric: string) => page.getAttribute(`[data-metric=${metric}]`, 'data-value')
const changed = () => announceChanged(dashboard.redis, { store_id: 'main', what: 'facts' })

async function api(endpoint: string, request: object) {
  const response = await fetch(`${dashboard.url}/api/v1/${endpoint}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  return response.json()
}

test('today stands against the same moment of yesterday, with the gap in money, as the read API tells it', async () => {
  const page = await browser.newPage()
  await logIn(page, live)
  await page.waitForSelector('[data-metric=paid_gmv]')
  expect(await page.title()).toBe('实时 · 观澜生活馆 · 观澜')
  const shown = await Promise.all(
    ['paid_gmv', 'paid_orders', 'buyers', 'visitors', 'present'].map((name) => value(page, name)),
  )
  expect(shown).toEqual(['400.5', '2', '2', '3', '2'])
  // Of yesterday only what had been sold by now: 200, and not the 1000 that came two hours later.
  expect(await page.getAttribute('[data-gap]', 'data-gap')).toBe('200.5')
  expect(await page.textContent('[data-gap]')).toMatch(/\+¥200\.50.*\+100\.3%/s)
  // 400.5 of 801.
  await page.locator('[data-pace=done]').getByText('50%').waitFor()
  expect(await page.textContent('[data-pace=target]')).toContain('¥801')
  const answer = await api('query', {
    store_id: 'main',
    metrics: ['paid_gmv', 'paid_orders', 'buyers', 'visitors'],
    date_range: [dayFromNow(0), dayFromNow(1)],
  })
  expect(answer.results[0].metrics).toEqual([400.5, 2, 2, 3])
  const panel = (name: string) => page.getByRole('region', { name })
  const rows = panel('最新订单').locator('[data-row]')
  expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row')))).toEqual([
    'o3',
    'o2',
    'o1',
    'y2',
    'y1',
  ])
  expect(await rows.nth(1).textContent()).toMatch(/盖碗 × 2.*企业微信 · 浙江.*首单.*¥100\.50.*已支付/s)
  expect(await page.content()).not.toContain('customer-of-')
  const [top, rising, falling] = await Promise.all(
    ['热销商品', '热销商品 · 上升最多', '热销商品 · 下降最多'].map((name) =>
      page
        .getByRole('list', { name, exact: true })
        .locator('[data-row]')
        .evaluateAll((all) => all.map((row) => row.getAttribute('data-row'))),
    ),
  )
  expect([top, rising, falling]).toEqual([['tea', 'cup'], ['tea', 'cup'], ['pot']])
  await page.context().close()
})

test('a new order is on screen at once, nothing moves, and its age ticks', async () => {
  const page = await browser.newPage()
  await page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(globalThis, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; sources: { node: Node | null }[] }[])
        shifts.push(`${entry.value} ${entry.sources.map(({ node }) => node?.textContent?.trim()).join(' | ')}`)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await logIn(page, live)
  await page.waitForSelector('[data-row=o3]')
  await page.locator('.chart canvas').waitFor()
  await hydrated(page)
  await page.waitForTimeout(1500)
  await page.evaluate(() => {
    ;(globalThis as unknown as { shifts: string[] }).shifts.length = 0
  })
  const took: number[] = []
  for (const [at, id] of ['n1', 'n2', 'n3'].entries()) {
    await insert('orders', [order(id, ago(0), String(at + 1), { channel: 'search' })])
    const since = performance.now()
    await changed()
    await page.waitForSelector(`[data-row=${id}]`)
    took.push(Math.round(performance.now() - since))
  }
  process.stdout.write(`new orders were on screen after ${took.join(', ')} ms\n`)
  expect(Math.max(...took)).toBeLessThan(5000)
  await page.waitForFunction(
    () => document.querySelector('[data-metric=paid_gmv]')?.getAttribute('data-value') === '406.5',
  )
  expect(Number(await page.getAttribute('[data-age=fact]', 'data-seconds'))).toBeLessThan(10)
  await page.waitForFunction(
    () => Number(document.querySelector('[data-age=refresh]')?.getAttribute('data-seconds')) >= 2,
  )
  await page.waitForTimeout(3500)
  expect(await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts)).toEqual([])
  await page.context().close()
})

test('a target that is changed stands there at once', async () => {
  const page = await browser.newPage()
  await logIn(page, live)
  const target = page.locator('[data-pace=target]')
  await target.getByText('¥801').waitFor()
  await hydrated(page)
  await writeSetting(dashboard, {
    ...{ store_id: 'main', kind: 'target', id: 'today', read_version: 1, actor: 'test' },
    value: { metric: 'paid_gmv', from: dayFromNow(0), to: dayFromNow(1), value: 802 },
  })
  await announceChanged(dashboard.redis, { store_id: 'main', what: 'settings' })
  await target.getByText('¥802').waitFor()
  await page.context().close()
})

test('the wall goes by keyboard: full screen, scenes, pause, blur, and back', async () => {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' })
  await logIn(page, live)
  await page.waitForSelector('[data-metric=paid_gmv]')
  await hydrated(page)
  await page.keyboard.press('f')
  await page.waitForURL(/wall=1/)
  await page.locator('h2[data-scene=numbers]').waitFor()
  expect(await page.locator('nav').count()).toBe(0)
  expect(await page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('ArrowRight')
  await page.locator('h2[data-scene=chart]').waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.locator('h2[data-scene=orders]').waitFor()
  await page.keyboard.press(' ')
  await page.getByRole('button', { name: '继续轮播' }).waitFor()
  await page.keyboard.press('b')
  await page.waitForURL(/blur=money/)
  const order = page.locator('[data-row=o1]')
  await order.locator('.veil').waitFor()
  expect(await order.textContent()).not.toContain('300')
  // A bookmark of the wall is the wall.
  await page.reload()
  await page.locator('h2[data-scene=orders]').waitFor()
  await page.locator('.veil').first().waitFor()
  expect(new URL(page.url()).search).toBe('?wall=1&scene=orders&paused=1&blur=money')
  await hydrated(page)
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: '实时', exact: true }).waitFor()
  expect(new URL(page.url()).search).toBe('?blur=money')
  expect(await page.textContent('[data-metric=paid_gmv]')).not.toContain('4')
  await page.context().close()
})

test('scenes turn by themselves, and stand still when they are told to', async () => {
  const page = await browser.newPage()
  await page.clock.install()
  await logIn(page, `${live}?wall=1&every=10`)
  await page.locator('h2[data-scene=numbers]').waitFor()
  await hydrated(page)
  await page.clock.runFor(10_500)
  await page.locator('h2[data-scene=chart]').waitFor()
  await page.keyboard.press(' ')
  await page.waitForURL(/paused=1/)
  await page.clock.runFor(30_000)
  expect(await page.locator('h2[data-scene=chart]').count()).toBe(1)
  await page.context().close()
})

test('what has stopped is told apart: the stream, the dashboard, the warehouse, the shop', async () => {
  const page = await browser.newPage()
  await logIn(page, live)
  await page.waitForSelector('[data-metric=paid_gmv]')
  await hydrated(page)
  const trouble = (kind: string) => page.locator(`[data-trouble=${kind}]`)
  await page.route('**/api/live/state*', (route) => route.abort())
  await changed()
  await trouble('dashboard').waitFor()
  expect(await value(page, 'paid_gmv')).toBe('406.5')
  await page.unroute('**/api/live/state*')
  const body = { type: 'about:blank', title: 'Not available right now', status: 503, detail: '' }
  await page.route('**/api/live/state*', (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(body) }),
  )
  await changed()
  await trouble('warehouse').waitFor()
  expect(await trouble('warehouse').getByRole('link').getAttribute('href')).toBe('/stores/main/health')
  expect(await violations(page)).toEqual([])
  await page.unroute('**/api/live/state*')
  await page.route('**/api/live/state*', (route) =>
    route.fulfill({
      ...{ status: 503, contentType: 'application/problem+json' },
      body: JSON.stringify({ ...body, code: 'sessions_away' }),
    }),
  )
  await changed()
  await trouble('sessions').waitFor()
  await page.unroute('**/api/live/state*')
  await changed()
  await page.waitForFunction(() => !document.querySelector('[data-trouble]'))
  await page.context().close()

  const cut = await browser.newPage()
  await cut.route(/\/api\/live\?/, (route) => route.fulfill({ status: 503, body: '' }))
  await logIn(cut, live)
  await cut.locator('[data-trouble=stream]').waitFor()
  await cut.unroute(/\/api\/live\?/)
  await cut.waitForFunction(() => !document.querySelector('[data-trouble]'))
  await cut.goto('/stores/quiet/live')
  const silence = cut.locator('[data-trouble=silence]')
  await silence.waitFor()
  expect(await silence.textContent()).toMatch(/已 2\d 分钟没有访客事件.*约有 10 个/s)
  browser.complaints.length = 0
  await cut.context().close()
})

test('an empty store says what to do, and turns into numbers with its first event', async () => {
  const page = await browser.newPage()
  await logIn(page, '/stores/empty/live')
  await page.getByRole('heading', { name: '等待第一个事件' }).waitFor()
  await hydrated(page)
  await insert('events', [view('empty', 'first', ago(0))])
  const announcing = setInterval(() => void announceChanged(dashboard.redis, { store_id: 'empty', what: 'facts' }), 300)
  await page.waitForSelector('[data-metric=present][data-value="1"]')
  clearInterval(announcing)
  await page.context().close()
})

test.each([
  ['light', 390, 844, 'zh-CN'],
  ['dark', 1440, 900, 'en'],
] as const)('nothing is out of reach: %s, %d pixels wide', async (colorScheme, width, height, locale) => {
  const page = await browser.newPage({ colorScheme, viewport: { width, height }, locale })
  await logIn(page, `${live}?metric=visitors`)
  await page.waitForSelector('.chart canvas')
  await page.waitForSelector('[data-row=tea]')
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.context().close()
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
