import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertOrders, insertStore } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let session: NonNullable<BrowserContextOptions['storageState']>

/** Noon in Shanghai. */
const noon = (day: string, second = 0) => `${day} 04:00:0${second}.000`

beforeAll(async () => {
  dashboard = await startDashboard({ STORE_ID: 'empty' })
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertStore(dashboard, 'many')
  await insertStore(dashboard, 'empty')
  await insertOrders(dashboard.warehouse, 'main', [
    // Exactly thirty days later, and a second more.
    ['exact', 'douyin', noon('2025-03-01'), '100', true],
    ['exact', 'douyin', noon('2025-03-31'), '50', true],
    ['late', 'douyin', noon('2025-03-01'), '80', true],
    ['late', 'search', noon('2025-03-31', 1), '20', true],
    ['once', 'search', noon('2025-03-05'), '40', true],
    ['fresh', 'douyin', noon('2025-05-31'), '30', true],
    ['fresh', 'douyin', noon('2025-06-05'), '30', true],
    // Counts as an order, makes no buyer.
    ['young', 'douyin', noon('2025-06-02'), '10', false],
    ['new', 'douyin', noon('2025-06-09'), '10', true],
    ['old', 'douyin', noon('2024-01-15'), '70', true],
    ['old', 'douyin', noon('2025-05-20'), '60', true],
  ])
  await insertOrders(
    dashboard.warehouse,
    'many',
    Array.from({ length: 400 }, (_, at) => [`c${at}`, 'douyin', noon('2025-06-01'), String(at + 1), true]),
  )
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

const period = 'from=2025-01-01&to=2025-07-01'
const customers = `/stores/main/customers?${period}`
const api = async (path: string) =>
  (await fetch(`${dashboard.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${readKey}` } })).json()

/** Logged in already. */
const newPage = (options: BrowserContextOptions = {}) => browser.newPage({ storageState: session, ...options })
type Page = Awaited<ReturnType<typeof newPage>>
const values = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) => all.map((each) => each.getAttribute('data-value')))
const settled = async (page: Page) => {
  await hydrated(page)
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
}

test('buyers are new or returning, and the page says what the read API says', async () => {
  const page = await newPage()
  await page.goto(`${customers}&compare=none`)
  await settled(page)
  const shown = (metric: string) => page.getAttribute(`[data-metric=${metric}]`, 'data-value')
  // 420 of six buyers; young has not paid, old is no new one.
  expect([await shown('buyers'), await shown('new_buyers'), await shown('returning_buyers')]).toEqual(['6', '5', '1'])
  expect(await shown('spend_per_buyer')).toBe('70')
  await page.context().close()
})

test('repurchase tells who came back, who did not, and who cannot be known yet', async () => {
  const page = await newPage()
  await page.goto(customers)
  await settled(page)
  const parts = (days: number) => values(page, `[data-window="${days}"] [data-part]`)
  // Back; not, though the window is over; back already before it is; not to be known yet.
  expect(await parts(30)).toEqual(['1', '2', '1', '2'])
  expect(await parts(60)).toEqual(['2', '1', '1', '2'])
  expect(await page.textContent('[data-window="30"] .sentence')).toBe(
    '6 位客户中，3 位的 30 天窗口已结束，其中 1 位复购，复购率 33.3%；另有 3 位窗口未结束，不计入复购率。',
  )
  const told = await api(`repurchase?store_id=main&${period}`)
  const rates = await page
    .locator('[data-rate]')
    .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-rate'))))
  expect(rates).toEqual(told.results.map(({ rate }: { rate: number }) => rate))
  expect(rates).toEqual([1 / 3, 2 / 3, 2 / 3])
  await page.getByText('2025-06-09 12:00').first().waitFor()
  await page.getByRole('link', { name: '期内买家' }).click()
  await page.waitForURL(/basis=period_buyers/)
  await page.waitForFunction(() => document.querySelector('[data-part=open]')?.getAttribute('data-value') === '3')
  expect(await parts(30)).toEqual(['1', '2', '1', '3'])
  await page.context().close()
})

test('cohorts are told in every view, the last month apart, and by the keyboard', async () => {
  const page = await newPage()
  await page.goto(`${customers}&show=per_customer`)
  await settled(page)
  const row = (cohort: string) => values(page, `[data-cohort="${cohort}"] [data-cell]`)
  const march = 290 / 3
  expect(await row('2025-03')).toEqual([march, march, march, march].map(String))
  expect(await row('2025-05')).toEqual(['30', '60'])
  expect(await page.locator('[data-cohort="2025-05"] .hatched').count()).toBe(1)
  // June is not over: March and May make the first month, March alone the later ones.
  const totals = await values(page, '[data-total]')
  expect(totals.slice(0, 2)).toEqual([String((290 + 30) / 4), String(march)])
  expect(totals[3]).toBeNull()
  await page.getByRole('link', { name: '留存率' }).click()
  await page.waitForFunction(() => document.querySelector('[data-show=share]'))
  expect(await row('2025-03')).toEqual(['1', '0', '0', '0'])
  await page.focus('[data-cell="0-0"]')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  expect(await page.textContent('.detail')).toBe(
    '2025年5月 首单的 1 位客户，+1 月：1 位下单（100%），1 单，¥30.00。 该期尚未结束。',
  )
  const { results } = await api(`cohorts?store_id=main&${period}`)
  expect(results.map(({ cohort, active }: { cohort: string; active: number[] }) => [cohort, active])).toEqual([
    ['2025-03', [3, 0, 0, 0]],
    ['2025-05', [1, 1]],
    ['2025-06', [2]],
  ])
  await page.context().close()
})

test('segments hold every customer, and a click leads to the list behind one', async () => {
  const page = await newPage()
  await page.goto(customers)
  await settled(page)
  const counted = await page.locator('[data-segment]').evaluateAll((all) =>
    all.map((row) => [row.getAttribute('data-segment'), row.querySelector('td')?.textContent?.trim()]),
  ) // biome-ignore format: one call
  // By hand: once and exact are the fifth least recent, late and exact the most money, and so on.
  expect(counted.filter(([, customers]) => customers !== '0')).toEqual([
    ['loyal', '1'],
    ['new', '1'],
    ['need_attention', '1'],
    ['cant_lose', '1'],
    ['at_risk', '1'],
    ['hibernating', '1'],
    ['lost', '1'],
  ])
  expect(await page.textContent('[data-rf="1-3"] b')).toBe('1')
  await page.getByRole('link', { name: '流失风险' }).click()
  await page.waitForSelector('[data-customer=exact]')
  expect(new URL(page.url()).searchParams.get('segment')).toBe('at_risk')
  const cells = await page.locator('[data-customer=exact] > *').allInnerTexts()
  expect(cells).toEqual(['exact', '2025-03-31 12:00', '70 天', '2', '¥150.00', '1', '3', '5'])
  await page.context().close()
})

test('the file of a list has all its pages, and the address keeps the page', async () => {
  const page = await newPage({ acceptDownloads: true })
  await page.goto(`/stores/many/customers?${period}&segment=champions&page=2`)
  await settled(page)
  const list = await api(`rfm?store_id=many&${period}&per=customer&segment=champions`)
  const ids: string[] = list.results.map(({ customer_id }: { customer_id: string }) => customer_id)
  expect(ids.length).toBeGreaterThan(50)
  const panel = page.getByRole('region', { name: '重要价值客户 · 客户名单' })
  const shown = () =>
    panel.locator('[data-customer]').evaluateAll((all) => all.map((row) => row.getAttribute('data-customer')))
  expect(await shown()).toEqual(ids.slice(50, 100))
  await page.reload()
  await settled(page)
  expect(await shown()).toEqual(ids.slice(50, 100))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: '下载 CSV' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const lines = Buffer.concat(chunks).toString('utf8').split('\r\n').slice(0, -1)
  expect(lines[0]).toBe('\uFEFFcustomer_id,last_order_at,recency_days,frequency,monetary,r,f,m,segment')
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(ids)
  await page.context().close()
})

test('filters that these numbers do not take are not taken silently', async () => {
  const page = await newPage()
  await page.goto(`${customers}&channel=search`)
  await page.getByText('地址里的筛选条件在此不生效').waitFor()
  expect(await page.locator('#filter').count()).toBe(0)
  await page.context().close()
})

test('a period without customers, and a store without facts, say what to do', async () => {
  const page = await newPage()
  await page.goto('/stores/main/customers?from=2023-01-01&to=2023-02-01')
  await settled(page)
  await page.getByRole('link', { name: '查看有数据的时段' }).click()
  await page.waitForFunction(() => document.querySelector('[data-metric=buyers]')?.getAttribute('data-value') === '6')
  await page.goto('/stores/empty/customers')
  await page.getByRole('heading', { name: '等待第一个事件' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test.each([
  ['light', 390, 844, 'zh-CN'],
  ['dark', 1440, 900, 'en'],
] as const)('nothing is out of reach: %s, %d pixels wide', async (colorScheme, width, height, locale) => {
  const page = await newPage({ colorScheme, viewport: { width, height }, locale })
  await page.goto(`${customers}&segment=at_risk`)
  await settled(page)
  await page.waitForSelector('.chart canvas')
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.context().close()
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
