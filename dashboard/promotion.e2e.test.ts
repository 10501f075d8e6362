import type { Kind, Value } from '@guanlan/warehouse/settings/kinds'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertOrders, insertStore, insertViews } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
/** Somebody’s, all through. */
let page: Page

const dayMs = 86_400_000
/** A day of the store in Shanghai, so many days from today. */
const dayOf = (ahead: number) => new Date(Date.now() + 8 * 3_600_000 + ahead * dayMs).toISOString().slice(0, 10)
const setting = <K extends Kind>(store_id: string, kind: K, id: string, value: Value<K>) =>
  writeSetting(dashboard, { store_id, kind, id, read_version: 0, value, actor: 'test' })
const insert = (table: string, row: object) =>
  dashboard.warehouse.insert({ table, values: [{ store_id: 'main', ...row }], format: 'JSONEachRow' })
const campaign = (id: string, name: string, starts_at: string, ends_at: string) =>
  setting('main', 'campaign', id, { name, type: 'promotion', starts_at, ends_at, utm_campaigns: [], note: '' })

beforeAll(async () => {
  dashboard = await startDashboard()
  await Promise.all([insertStore(dashboard, 'main'), insertStore(dashboard, 'steady')])
  await campaign('new-year', '2026 年货节', '2026-01-10T20:00:00+08:00', '2026-01-11T02:00:00+08:00')
  await campaign('year-end', '2025 年货节', '2025-12-20T10:00:00+08:00', '2025-12-20T16:00:00+08:00')
  await campaign('birthday', '店庆', '2026-01-02T00:00:00+08:00', '2026-01-03T00:00:00+08:00')
  await setting('main', 'annotation', 'price', { at: '2026-01-10T21:10:00+08:00', type: 'price', text: '<b>全场</b>调价' }) // biome-ignore format: one annotation
  await setting('main', 'annotation', 'out', { at: '2026-01-10T21:40:00+08:00', type: 'outage', text: '支付抖动' })
  await setting('main', 'target', 'january', { metric: 'paid_gmv', from: '2026-01-01', to: '2026-02-01', value: 1000 })
  // In hours from its start the one sold 100, 50, 0, 0, 30, 0; the other 80, 0, 20, 0, 0, 0.
  await insertOrders(dashboard.warehouse, 'main', [
    ['c1', 'douyin', '2026-01-10 12:15:00.000', '100', true],
    ['c2', 'douyin', '2026-01-10 13:30:00.000', '50', true],
    ['c3', 'direct', '2026-01-10 16:59:59.000', '30', true],
    ['c1', 'douyin', '2025-12-20 02:00:00.000', '80', true],
    ['c2', 'douyin', '2025-12-20 04:45:00.000', '20', true],
    ['c9', 'douyin', '2025-12-20 08:00:00.000', '999', true],
  ])
  await insertViews(dashboard.warehouse, 'main', [['v1', 'douyin', '2026-01-10 12:10:00.000']])
  await insert('ad_spend', { day: '2026-01-10', channel: 'douyin', campaign: '', amount: '40', updated_at: 0 })
  await insert('products', { sku: 'tea-1', name: '明前龙井', updated_at: 0 })
  const at = '2026-01-10 12:20:00.000'
  await insert('events', { message_id: 'look', name: 'view_item', visitor_id: 'v2', sku: 'tea-1', timestamp: at, occurred_at: at, received_at: at }) // biome-ignore format: a row
  // A hundred a day at noon, until yesterday.
  const noons = Array.from({ length: 40 }, (_, at) => `${dayOf(-1 - at)} 04:00:00.000`)
  await insertOrders(
    dashboard.warehouse,
    'steady',
    noons.map((at) => [at, 'douyin', at, '100', true]),
  )
  await setting('steady', 'target', 'now', { metric: 'paid_gmv', from: dayOf(-10), to: dayOf(20), value: 4000 })
  browser = await openBrowser(dashboard.url)
  page = await browser.newPage()
  await logIn(page, '/stores/main/definitions')
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

const overview = '/stores/main/overview'
const link = `${overview}?period=campaign:new-year&compare=campaign:year-end`

/** The cells of the chart’s table, row by row. */
const table = () =>
  page
    .locator('details tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent)))
const paid = (value: string) => page.waitForSelector(`[data-metric=paid_gmv][data-value="${value}"]`)

test('a promotion is chosen as the period and an earlier one to compare with, hour beside hour', async () => {
  await page.goto(overview)
  await hydrated(page)
  await page.click('#period')
  await page.getByRole('navigation', { name: '时间范围' }).getByRole('link', { name: '2026 年货节' }).click()
  await paid('180')
  await page.click('#period')
  const earlier = page.getByRole('navigation', { name: '对比' }).getByRole('link')
  // The one of the same name first.
  expect((await earlier.allInnerTexts()).slice(4).map((text) => text.split('\n')[0])).toEqual(['2025 年货节', '店庆'])
  await earlier.nth(4).click()
  await page.getByText(/对比 2025 年货节 · .*12月20日 10:00 – .*12月20日 16:00/).waitFor()
  expect(new URL(page.url()).search).toBe('?period=campaign:new-year&compare=campaign:year-end')
  await page.waitForFunction(() => document.querySelector('[data-tree=paid_gmv]')?.parentElement?.textContent.includes('+80%')) // biome-ignore format: one condition
  const hours = async () => (await table()).map(([hour = '', now, then]) => [hour.slice(-14), now, then])
  await expect.poll(hours, { timeout: 10_000 }).toEqual([
    ['20:00 · 第 1 小时', '¥100.00', '¥80.00'],
    ['21:00 · 第 2 小时', '¥50.00', '¥0.00'],
    ['22:00 · 第 3 小时', '¥0.00', '¥20.00'],
    ['23:00 · 第 4 小时', '¥0.00', '¥0.00'],
    ['00:00 · 第 5 小时', '¥30.00', '¥0.00'],
    ['01:00 · 第 6 小时', '¥0.00', '¥0.00'],
  ])
})

test('a shared link shows the same, and what happened stands in the table and in the tooltip', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(link)
  await paid('180')
  await hydrated(page)
  expect(await page.textContent('#period')).toContain('2026 年货节')
  const happened = async () => (await table()).map((cells) => cells[3])
  await expect
    .poll(happened, { timeout: 10_000 })
    .toEqual(['', '21:10 <b>全场</b>调价; 21:40 支付抖动', '', '', '', ''])
  const chart = page.locator('.chart')
  await chart.locator('canvas').waitFor()
  const width = (await chart.boundingBox())?.width ?? 0
  const note = page.locator('.chart-tooltip-box em').first()
  // Where the second of six hours lies depends on the room that the axis takes.
  for (let share = 0.1; share < 0.5 && (await note.count()) === 0; share += 0.04) {
    await chart.hover({ position: { x: width * share, y: 100 } })
    await page.waitForTimeout(50)
  }
  expect(await note.textContent()).toBe('21:10 <b>全场</b>调价')
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
})

test('a campaign that is no more falls back to the usual, and the page says so', async () => {
  await page.goto(`${overview}?period=campaign:never&compare=campaign:never`)
  await page.getByText('地址中的活动已不存在').waitFor()
  await page.getByText('要对比的活动已不存在').waitFor()
  expect(await page.textContent('#period')).toContain('近 28 天')
})

const pace = async (store: string, from: string, to: string) => {
  const query = new URLSearchParams({ store_id: store, from, to })
  const response = await fetch(`${dashboard.url}/api/v1/pace?${query}`, {
    headers: { authorization: `Bearer ${readKey}` },
  })
  return response.json()
}
const told = async (shown: Page, what: string) => Number(await shown.getAttribute(`[data-pace=${what}]`, 'data-value'))

test('a period that is over is held against its target; without one the way to set it is shown', async () => {
  await page.goto(`${overview}?from=2026-01-01&to=2026-02-01`)
  await page.getByText('已结束，达成 18%').waitFor()
  expect(await pace('main', '2026-01-01', '2026-02-01')).toMatchObject({ target: 1000, actual: 180, forecast: 180 })
  expect([await told(page, 'actual'), await told(page, 'forecast')]).toEqual([180, 180])
  await page.goto(`${overview}?from=2026-01-01&to=2026-01-15`)
  expect(await page.getByRole('link', { name: '设定目标' }).getAttribute('href')).toBe('/stores/main/settings/targets')
})

test('where there is spend a channel tells what it brings, and a product has its name', async () => {
  await page.goto(`${overview}?from=2026-01-10&to=2026-01-12&compare=none`)
  const cells = (row: string) => page.locator(`[data-row="${row}"] td`).allInnerTexts()
  await page.waitForSelector('[data-row=douyin]')
  // 150 ÷ 40; nothing was spent on the other.
  expect((await cells('douyin')).slice(5, 7)).toEqual(['¥40.00', '375%'])
  expect((await cells('direct')).slice(5, 7)).toEqual(['¥0.00', '–'])
  await page.goto(`${overview}?from=2026-01-10&to=2026-01-12&by=product`)
  expect(await page.textContent('[data-row="tea-1"] th span')).toBe('明前龙井')
})

test('the target that runs has the pace and the forecast that the read API tells', async () => {
  const wall = await browser.newPage({ colorScheme: 'dark', viewport: { width: 1440, height: 900 }, locale: 'en' })
  await logIn(wall, '/stores/steady/overview')
  await wall.waitForSelector('[data-pace=forecast]')
  const answer = await pace('steady', dayOf(-10), dayOf(20))
  // Ten days of a hundred; the hundred a day of the weeks before makes three thousand of thirty days.
  expect([await told(wall, 'actual'), answer.actual, answer.target]).toEqual([1000, 1000, 4000])
  expect(Math.abs((await told(wall, 'forecast')) - answer.forecast)).toBeLessThan(answer.forecast / 100)
  // While today's noon is to come: 1,000 + 2,000. When it has passed without one: 1,000 + 1,900 × (1,000 + 375) ÷ (1,100 + 375).
  expect(answer.forecast).toBeLessThanOrEqual(3000)
  expect(answer.forecast).toBeGreaterThan(2771)
  expect(await wall.textContent('[data-pace=forecast]')).toMatch(/At this pace it ends at ¥(2,[789]|3,0)\d\d/)
  expect(await violations(wall)).toEqual([])
  await wall.context().close()
})

test('customers, returns and the funnel are told of a campaign by its instants', async () => {
  await page.goto('/stores/main/customers?period=campaign:new-year')
  await page.waitForSelector('[data-metric=buyers][data-value="3"]')
  expect(await page.textContent('#period')).toContain('2026 年货节')
  await page.goto('/stores/main/returns?period=campaign:new-year')
  await page.getByText('年货节开始').first().waitFor({ state: 'attached' })
  await page.goto('/stores/main/funnel?period=campaign:new-year&compare=campaign:year-end')
  await page.getByText(/对比 2025 年货节 · /).waitFor()
  expect(await page.textContent('#period')).toContain('2026 年货节')
})

test('what happened is written down at the hour of the chart that is clicked', async () => {
  await page.goto(link)
  await hydrated(page)
  const panel = page.getByRole('region', { name: '趋势' })
  await panel.locator('canvas').waitFor()
  const axis = panel.locator('button.axis')
  const { width = 0 } = (await axis.boundingBox()) ?? {}
  await axis.click({ position: { x: width - 10, y: 10 } })
  const dialog = page.getByRole('dialog', { name: '添加标注' })
  // The last of its six hours begins at one.
  expect(await dialog.getByLabel('时间').inputValue()).toBe('2026-01-11T01:00')
  expect(await violations(page)).toEqual([])
  await dialog.getByLabel('内容').fill('客服加班')
  await dialog.getByRole('button', { name: '保存' }).click()
  await panel.getByText('01:00 客服加班').waitFor({ state: 'attached' })
  await panel.getByRole('button', { name: '添加标注' }).click()
  await dialog.getByText('现在', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
})

test('no page complained', () => {
  expect(browser.complaints).toEqual([])
})
