import { randomUUID } from 'node:crypto'
import { readTracking } from '@guanlan/warehouse/settings/read-tracking'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertStore } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let session: NonNullable<BrowserContextOptions['storageState']>

const now = () => new Date().toISOString().replace('T', ' ').slice(0, 23)

/** Views of a page, each by somebody else, and clicks on it of which some are dead. */
async function insertPage(path: string, width_class: string, views: number, clicks: number, dead: number) {
  const at = now()
  const place = { store_id: 'main', path, version: 'a'.repeat(16), width_class, received_at: at }
  const ids = Array.from({ length: views }, () => randomUUID())
  const insert = (table: string, values: object[]) => dashboard.warehouse.insert({ table, values, format: 'JSONEachRow' }) // biome-ignore format: one line
  await insert('page_readings', ids.map((view_id) => ({ ...place, view_id, started_at: at, seq: 1, visitor_id: view_id, title: `标题 ${path}`, width: 390, height: 800, page_height: 2000, reach: 20, attention: [1000] }))) // biome-ignore format: one row
  await insert('page_clicks', Array.from({ length: clicks }, (_, n) => ({ ...place, view_id: ids[0], visitor_id: ids[0], n, occurred_at: at, selector: '#a', x: 0.5, y: 0.5, is_dead: n < dead }))) // biome-ignore format: one row
}

beforeAll(async () => {
  dashboard = await startDashboard({ STORE_ID: 'empty' })
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertStore(dashboard, 'empty')
  await insertPage('/', 'phone', 10, 20, 5)
  await insertPage('/product/tea-001', 'phone', 4, 8, 6)
  await insertPage('/product/tea-002', 'laptop', 8, 4, 0)
  browser = await openBrowser(dashboard.url)
  const page = await browser.newPage()
  await logIn(page, '/stores/empty/definitions')
  session = await page.context().storageState()
  await page.context().close()
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

/** Logged in already. */
async function open(path: string, options: BrowserContextOptions = {}) {
  const page = await browser.newPage({ storageState: session, ...options })
  await page.goto(path)
  await hydrated(page)
  await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'))
  return page
}
type Page = Awaited<ReturnType<typeof open>>

const rows = (page: Page) =>
  page.$$eval(
    'tr[data-page]',
    (all) =>
    all.map((row) => [row.getAttribute('data-page'), ...[...row.querySelectorAll('td')].map(({ textContent }) => textContent?.trim())]), // biome-ignore format: one row
  )
const api = async (query: string) =>
  (await fetch(`${dashboard.url}/api/v1/heatmap?store_id=main&${query}`, { headers: { authorization: `Bearer ${readKey}` } })).json() // biome-ignore format: one request

test('pages are listed by group with the numbers of the read API; search and sorting are in the address', async () => {
  const page = await open('/stores/main/heatmaps')
  expect(await rows(page)).toEqual([
    ['/product/*', '12', '12', '1.00', '50%', '0%', '50%', '0%'],
    ['/', '10', '10', '2.00', '25%', '0%', '25%', '0%'],
  ])
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const { results } = (await api(`part=pages&from=${day(-27)}&to=${day(2)}`)) as { results: { group: string; views: number; dead_share: number }[] } // biome-ignore format: one line
  expect(results.map(({ group, views, dead_share }) => [group, views, dead_share])).toEqual([
    ['/product/*', 12, 0.5],
    ['/', 10, 0.25],
  ])
  await page.click('th a:has-text("每次浏览点击")')
  await page.waitForURL(/sort=clicks_per_view/)
  await page.click('nav a:has-text("手机")')
  await page.waitForURL(/width_class=phone/)
  await page.reload()
  await hydrated(page)
  await page.waitForSelector('tr[data-page="/"]')
  expect(await rows(page)).toEqual([
    ['/', '10', '10', '2.00', '25%', '0%', '25%', '0%'],
    ['/product/*', '4', '4', '2.00', '75%', '0%', '75%', '0%'],
  ])
  await page.fill('input[type=search]', 'tea-001')
  await page.press('input[type=search]', 'Enter')
  await page.waitForURL(/search=tea-001/)
  await page.waitForFunction(() => document.querySelectorAll('tr[data-page]').length === 1)
  expect(await page.getAttribute('tr[data-page] a', 'href')).toMatch(
    /heatmaps\/page\?.*width_class=phone.*group=%2Fproduct%2F/,
  )
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('a store without views is told how to get some', async () => {
  const page = await open('/stores/empty/heatmaps')
  expect(await page.getAttribute('main .none a', 'href')).toBe('/stores/empty/connect')
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('the hours of the week are there for the keyboard, with a metric of one’s choice', async () => {
  const page = await open('/stores/main/week?metric=pageviews', { colorScheme: 'dark', locale: 'en' })
  expect(await page.$$eval('[data-cell]', (all) => all.length)).toBe(168)
  const offered = await page.$$eval('main select option', (all) => all.map((option) => option.getAttribute('value')))
  expect(offered).toContain('paid_gmv')
  expect(offered).not.toContain('ad_spend')
  await page.focus('[data-cell="0-0"]')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))).toBe('1-1')
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('what the tracker is to send is changed by who owns the store, and a wrong field is named', async () => {
  const page = await open('/stores/main/settings/tracking')
  await page.fill('[name=heatmap_rate]', '120')
  await page.fill('[name=page_groups]', '/p/*\nproducts')
  await page.click('main form button[type=submit]')
  await page.waitForSelector('[name=heatmap_rate][aria-invalid]')
  expect(await page.getAttribute('[name=page_groups]', 'aria-invalid')).toBe('true')
  expect(await readTracking(dashboard.warehouse, 'main')).toMatchObject({ heatmap_rate: 1 })
  await page.fill('[name=heatmap_rate]', '12.5')
  await page.fill('[name=page_groups]', '/p/*\n/product/*')
  await page.fill('[name=mask]', '.name\n\n .phone ')
  await page.uncheck('[name=snapshots]')
  await page.click('main form button[type=submit]')
  await page.waitForSelector('[role=status].saved')
  expect(await readTracking(dashboard.warehouse, 'main')).toEqual({
    ...{ heatmap_rate: 0.125, daily_views_per_page: 5000, snapshots: false, mask: ['.name', '.phone'], block: [] },
    ...{ module_selector: '', page_groups: ['/p/*', '/product/*'] },
  })
  expect(await violations(page)).toEqual([])
  await page.context().close()
})
