import { announceChanged } from '@guanlan/jobs/changed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertOrders, insertStore, insertViews } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { admin, readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>

/** Noon in Shanghai, so many days ago, as ClickHouse writes it. */
const noon = (daysAgo: number, minute = 0) => {
  const day = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  return `${day} 04:${String(minute).padStart(2, '0')}:00.000`
}

beforeAll(async () => {
  dashboard = await startDashboard({ WRITE_KEY: 'the-write-key', STORE_ID: 'empty' })
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertStore(dashboard, 'empty', { name: 'Empty store' })
  await insertViews(dashboard.warehouse, 'main', [
    ['v1', 'douyin', noon(3)],
    ['v2', 'douyin', noon(3, 1)],
    ['v3', '<b>bold</b>', noon(5)],
    ['v4', 'direct', noon(5, 1)],
    ['v1', 'douyin', noon(33)],
    ['v9', 'douyin', noon(33, 1)],
  ])
  await insertOrders(dashboard.warehouse, 'main', [
    ['c1', 'douyin', noon(3, 5), '300', true],
    ['c2', '<b>bold</b>', noon(5, 5), '100.5', true],
    ['c3', 'douyin', noon(5, 6), '99', false],
    ['c1', 'douyin', noon(33, 5), '200', true],
  ])
  browser = await openBrowser(dashboard.url)
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

const overview = '/stores/main/overview'
const number = (metric: string) => `[data-metric=${metric}]`

test('somebody logs in and reads the numbers that the read API tells', async () => {
  const page = await browser.newPage()
  await page.goto(overview)
  await hydrated(page)
  await page.fill('input[name=email]', admin.email)
  await page.fill('input[name=password]', 'not this one')
  await page.click('button[type=submit]')
  await page.getByText('邮箱或密码不正确').waitFor()
  browser.complaints.length = 0
  await page.fill('input[name=password]', admin.password)
  await page.click('button[type=submit]')
  await page.waitForSelector(number('paid_gmv'))
  expect(await page.title()).toBe('经营概览 · 观澜生活馆 · 观澜')
  expect(await page.textContent('[data-tree=paid_gmv]')).toContain('¥400.50')
  const shown = (metric: string) => page.getAttribute(number(metric), 'data-value')
  expect([await shown('paid_gmv'), await shown('visitors'), await shown('buyers')]).toEqual(['400.5', '4', '2'])
  expect([await shown('conversion_rate'), await shown('spend_per_buyer')]).toEqual(['0.5', '200.25'])
  // 200 = 2 × 0.5 × 200 became 400.5 = 4 × 0.5 × 200.25: L = 200.5 ÷ ln 2.0025 = 288.74…, visitors brought L × ln 2.
  const brought = await Promise.all(
    ['visitors', 'conversion_rate', 'spend_per_buyer'].map((name) => page.textContent(`[data-contribution=${name}]`)),
  )
  expect(brought).toEqual(['+¥200.14', '¥0.00', '+¥0.36'])
  expect(await page.locator('[data-bridge=gmv]').textContent()).toContain('¥499.50')
  await page.context().close()
})

test('the address is the view: a reload and a shared link show the same', async () => {
  const page = await browser.newPage()
  await logIn(page, `${overview}?period=last_7_days&by=device&metric=visitors`)
  const chart = page.locator('.chart')
  await chart.locator('canvas').waitFor()
  await chart.hover()
  await page.locator('.chart-tooltip-box').getByText('本期').waitFor()
  const choices = async () => page.locator('a[aria-current=true]').allInnerTexts()
  const before = (await choices()).map((text) => text.split('\n')[0])
  expect(before).toEqual(expect.arrayContaining(['访客数', '设备']))
  await page.click('#period')
  await page.getByRole('link', { name: '近 90 天' }).click()
  await page.waitForURL(/period=last_90_days/)
  await page.waitForFunction(() => document.querySelector('[data-metric=visitors]')?.getAttribute('data-value') === '5')
  await page.reload()
  await page.waitForSelector(number('visitors'))
  expect(await page.getAttribute(number('visitors'), 'data-value')).toBe('5')
  expect(new URL(page.url()).search).toBe('?period=last_90_days&by=device&metric=visitors')
  await page.context().close()
})

test('the file of a panel says what its table says', async () => {
  const page = await browser.newPage({ acceptDownloads: true })
  await logIn(page, `${overview}?compare=none`)
  const panel = page.getByRole('region', { name: '按维度拆分' })
  await panel.locator('[data-row]').first().waitFor()
  const rows = await panel.locator('[data-row]').evaluateAll((all) => all.map((row) => row.getAttribute('data-row')))
  await hydrated(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: '下载 CSV' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString('utf8').split('\r\n').slice(0, -1)
  expect(lines[0]).toBe('\uFEFFchannel,paid_gmv,visitors,conversion_rate,buyers,spend_per_buyer')
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(rows)
  expect(lines[1]).toBe('douyin,300,2,0.5,1,300')
  await page.context().close()
})

test('a click on a channel narrows every number to it, and a chip takes that back', async () => {
  const page = await browser.newPage()
  await logIn(page, `${overview}?compare=none`)
  await page.waitForSelector('[data-row]')
  await hydrated(page)
  const paid = (value: string) => page.waitForSelector(`[data-metric=paid_gmv][data-value="${value}"]`)
  await page.getByRole('link', { name: '抖音', exact: true }).click()
  await paid('300')
  expect(new URL(page.url()).search).toBe('?compare=none&channel=douyin')
  await page.reload()
  await paid('300')
  await hydrated(page)
  await page.getByRole('link', { name: '移除筛选：渠道' }).click()
  await paid('400.5')
  await page.context().close()
})

test('language and theme are kept, and markup in a channel’s name stays text', async () => {
  const page = await browser.newPage()
  await logIn(page, overview)
  await page.waitForSelector('[data-row]')
  expect(await page.locator('[data-row] b').count()).toBe(0)
  await hydrated(page)
  await page.getByRole('button', { name: '偏好与账号' }).click()
  await page.getByRole('menuitemradio', { name: '深色' }).click()
  expect(await page.getAttribute('html', 'data-theme')).toBe('dark')
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  await page.reload()
  expect(await page.getAttribute('html', 'data-theme')).toBe('dark')
  await page.context().close()
})

test('a new order appears by itself', async () => {
  const page = await browser.newPage()
  await logIn(page, `${overview}?period=last_90_days`)
  await page.waitForSelector(number('paid_orders'))
  await hydrated(page)
  const before = Number(await page.getAttribute(number('paid_orders'), 'data-value'))
  await dashboard.warehouse.insert({
    table: 'orders',
    values: [
      {
        store_id: 'main',
        order_id: 'new',
        source: 'ledger',
        status: 'paid',
        customer_id: 'c9',
        placed_at: noon(2),
        paid_at: noon(2),
        currency: 'CNY',
        gross: '1',
        updated_at: noon(2),
        content_hash: 1,
        received_at: noon(2),
      },
    ],
    format: 'JSONEachRow',
  })
  const announcing = setInterval(() => void announceChanged(dashboard.redis, { store_id: 'main', what: 'facts' }), 200)
  await page.waitForFunction(
    (orders) => document.querySelector('[data-metric=paid_orders]')?.getAttribute('data-value') === String(orders + 1),
    before,
  )
  clearInterval(announcing)
  await page.context().close()
})

test('a page that was refused the stream of changes tries again, and catches up on what it missed', async () => {
  const page = await browser.newPage()
  await page.route('**/api/live*', (route) => route.fulfill({ status: 503, body: '' }))
  await logIn(page, `${overview}?period=last_90_days`)
  await page.getByText('连接断开').waitFor()
  await page.waitForSelector('[data-metric=visitors][data-value="5"]')
  await insertViews(dashboard.warehouse, 'main', [['v10', 'douyin', noon(2)]])
  await page.unroute('**/api/live*')
  await page.getByText('实时更新').waitFor()
  await page.waitForSelector('[data-metric=visitors][data-value="6"]')
  browser.complaints.length = 0
  await page.context().close()
})

test('an empty store says what to do, with its key filled in', async () => {
  const page = await browser.newPage()
  await logIn(page, '/stores/empty/overview')
  await page.getByRole('heading', { name: '等待第一个事件' }).waitFor()
  expect(await page.locator('pre').last().textContent()).toContain("-u 'the-write-key:'")
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('where a browser gives no clipboard, the copy button selects the text', async () => {
  const page = await browser.newPage()
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await logIn(page, '/stores/empty/overview')
  await hydrated(page)
  await page.getByRole('button', { name: '复制' }).last().click()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(await page.locator('pre').last().textContent())
  await page.context().close()
})

test.each([
  ['light', 390, 844, 'zh-CN'],
  ['dark', 1440, 900, 'en'],
] as const)('nothing is out of reach: %s, %d pixels wide', async (colorScheme, width, height, locale) => {
  const page = await browser.newPage({ colorScheme, viewport: { width, height }, locale })
  await logIn(page, overview)
  await page.waitForSelector('.chart canvas')
  await page.waitForSelector('[data-row]')
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await hydrated(page)
  await page.click('#period')
  await page.getByRole('dialog').waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.goto('/stores/main/definitions')
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('the read API and the page agree for somebody who only has a key', async () => {
  const response = await fetch(`${dashboard.url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      store_id: 'main',
      metrics: ['paid_gmv'],
      date_range: [noon(5).slice(0, 10), noon(2).slice(0, 10)],
    }),
  })
  expect((await response.json()).results[0].metrics).toEqual([400.5])
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
