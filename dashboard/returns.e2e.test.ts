import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertStore } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let session: NonNullable<BrowserContextOptions['storageState']>

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
/** Noon in Shanghai, so many days ago. */
const noon = (days: number) => `${dayAgo(days)} 04:00:00.000`

const order = (store_id: string, order_id: string, days: number, sku: string, gross: number) => ({
  ...{ store_id, order_id, source: 'ledger', status: 'completed', type: 'normal', customer_id: `c-${order_id}` },
  ...{ placed_at: noon(days), paid_at: noon(days), currency: 'CNY', gross: String(gross), channel: 'douyin' },
  ...{ updated_at: noon(days), content_hash: 1, received_at: noon(days) },
  ...{ 'lines.line_no': [1], 'lines.sku': [sku], 'lines.name': [`名为 ${sku}`], 'lines.category': ['杂货'] },
  ...{ 'lines.quantity': [1], 'lines.price': [gross], 'lines.discount': [0] },
})
const refund = (store_id: string, order_id: string, days: number, amount: number, reason: string) => ({
  ...{
    store_id,
    refund_id: `r-${order_id || 'unlinked'}`,
    order_id,
    refunded_at: noon(days),
    amount: String(amount),
    reason,
  },
  ...{ updated_at: noon(days), content_hash: 1, received_at: noon(days) },
})

beforeAll(async () => {
  dashboard = await startDashboard({ STORE_ID: 'empty' })
  for (const id of ['main', 'odd', 'empty'])
    await insertStore(dashboard, id, id === 'main' ? { name: '观澜生活馆' } : {})
  const numbers = [...Array(120).keys()]
  await dashboard.warehouse.insert({
    table: 'orders',
    format: 'JSONEachRow',
    values: [
      order('main', 'a', 55, 'tea', 100),
      order('main', 'b', 55, 'cup', 60),
      order('main', 'c', 40, 'tea', 100),
      order('main', 'd', 10, 'tea', 400),
      ...numbers.map((at) => order('odd', `o${at}`, 60, at < 40 ? 'bad' : at < 80 ? 'good' : 'fine', 10)),
    ],
  })
  await dashboard.warehouse.insert({
    table: 'refunds',
    format: 'JSONEachRow',
    values: [
      refund('main', 'a', 50, 100, 'quality'),
      refund('main', 'd', 5, 40, 'size'),
      refund('main', '', 5, 9, 'quality'),
      ...numbers
        .filter((at) => at < 16 || [40, 41, 80, 81].includes(at))
        .map((at) => refund('odd', `o${at}`, 55, 10, 'quality')),
    ],
  })
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

const returns = '/stores/main/returns'
const period = () => `from=${dayAgo(89)}&to=${dayAgo(-1)}`
const api = async (path: string) =>
  (await fetch(`${dashboard.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${readKey}` } })).json()

/** Logged in already. */
const newPage = (options: BrowserContextOptions = {}) => browser.newPage({ storageState: session, ...options })
type Page = Awaited<ReturnType<typeof newPage>>
const settled = async (page: Page) => {
  await hydrated(page)
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
}
const shown = async (page: Page, ...metrics: string[]) => {
  const texts = await Promise.all(metrics.map((metric) => page.getAttribute(`[data-metric=${metric}]`, 'data-value')))
  return texts.map((text) => (text === null ? null : Number(text)))
}
const rows = (page: Page) =>
  page.locator('[data-row]').evaluateAll((all) =>
    all.map((row) => [row.getAttribute('data-row'), ...[...row.children].map((cell) => cell.textContent?.trim().replace(/\s+/g, ' '))]),
  ) // biome-ignore format: one call

async function csvOf(page: Page, panel: string): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: panel, exact: true }).getByRole('button', { name: '下载 CSV' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8').split('\r\n').slice(0, -1)
}

test('matured rates stand beside refunds, and the page says what the read API says', async () => {
  const page = await newPage()
  await page.goto(`${returns}?${period()}`)
  await settled(page)
  // Matured: a, b, c, of which a came back, 100 of 260. Fresh: d, 40 of 400; 100 ÷ 260 × 400 − 40 is still to come.
  expect(await shown(page, 'return_rate', 'return_rate_by_value', 'still_to_come')).toEqual([
    1 / 3,
    100 / 260,
    113.8462,
  ])
  expect(await shown(page, 'refund_amount', 'refunds', 'unlinked_share')).toEqual([149, 3, 1 / 3])
  const { total, days } = await api(`returns?store_id=main&${period()}`)
  expect(await shown(page, 'return_rate', 'refund_amount')).toEqual([total.matured.return_rate, total.refund_amount])
  const firstFresh = days.find(({ matured }: { matured: boolean }) => !matured).day
  expect(await page.getAttribute('[data-line]', 'data-line')).toBe(firstFresh)
  await page.getByText('用斜纹表示，退货率还会上升').waitFor()
  await page.context().close()
})

test('the days until a rate is matured are in the address', async () => {
  const page = await newPage()
  await page.goto(`${returns}?${period()}`)
  await settled(page)
  await page.getByRole('link', { name: '7 天', exact: true }).click()
  await page.waitForURL(/maturity=7/)
  // d is matured too: 2 of 4 orders, 140 of 660.
  await page.waitForFunction(
    () => document.querySelector('[data-metric=return_rate]')?.getAttribute('data-value') === '0.5',
  )
  await page.reload()
  await settled(page)
  expect(await shown(page, 'return_rate', 'return_rate_by_value')).toEqual([0.5, 140 / 660])
  await page.goto(`${returns}?from=${dayAgo(58)}&to=${dayAgo(-1)}&maturity=60`)
  await settled(page)
  expect(await shown(page, 'return_rate', 'still_to_come')).toEqual([null, null])
  await page.getByText('暂无成熟值').waitFor()
  await page.context().close()
})

test('reasons are in words and lead to their products, with the rate of that reason', async () => {
  const page = await newPage({ acceptDownloads: true })
  await page.goto(`${returns}?${period()}`)
  await settled(page)
  expect(await rows(page)).toEqual([
    ['quality', '质量问题', '¥100', '71.4%', '1', '2', '¥109'].map((text) =>
      text.replace('¥100', '¥100.00').replace('¥109', '¥109.00'),
    ),
    ['size', '尺码不合', '¥40.00', '28.6%', '1', '1', '¥40.00'],
  ])
  expect((await csvOf(page, '退在哪里')).slice(1).map((line) => line.split(',').slice(0, 4).join())).toEqual([
    'quality,,1,100',
    'size,,1,40',
  ])
  await page.getByRole('link', { name: '质量问题' }).click()
  await page.waitForURL(/reason=quality/)
  await page.waitForSelector('[data-row=tea]')
  expect(new URL(page.url()).searchParams.get('by')).toBe('product')
  // Of three orders of tea one came back for its quality; overall one of four. The unlinked refund is of no product.
  expect(await rows(page)).toEqual([
    ['tea', '名为 tea tea', '¥100.00', '100%', '1', '3', '33.3%', '高 8.3 个百分点', '1', '¥100.00'],
    ['', '未知', '¥0.00', '0%', '0', '0', '–', '', '1', '¥9.00'],
  ])
  await page.getByRole('link', { name: '移除筛选：退货原因' }).click()
  await page.waitForFunction(() => document.querySelector('[data-metric=refunds]')?.getAttribute('data-value') === '3')
  await page.context().close()
})

test('days and totals have files of their own', async () => {
  const page = await newPage({ acceptDownloads: true })
  await page.goto(`${returns}?${period()}`)
  await settled(page)
  const days = await csvOf(page, '退货率与退款，按日期')
  expect(days[0]).toMatch(/^\uFEFFday,matured,paid_orders,returned_orders,return_rate/)
  expect(days.find((line) => line.startsWith(dayAgo(55)))).toMatch(/^[-\d]+,true,2,1,0.5,160,100,/)
  const totals = await csvOf(page, '退货与退款')
  expect(totals.map((line) => line.split(',').slice(0, 3).join())).toEqual([
    '\uFEFFdays,paid_orders,returned_orders',
    'all,4,2',
    'matured,3,1',
    'fresh,1,1',
  ])
  await page.context().close()
})

test('what comes back more often than everything else is named, with its numbers', async () => {
  const page = await newPage()
  await page.goto(`/stores/odd/returns?${period()}`)
  await settled(page)
  // 16 of 40 against 4 of 80, 160 less 5 % of 400; Wilson’s lower end is 20.76 %.
  expect(await page.locator('[data-outlier]').count()).toBe(1)
  expect(await page.getAttribute('[data-outlier=bad] [data-excess]', 'data-excess')).toBe('140')
  expect((await page.textContent('[data-outlier=bad] p'))?.trim()).toBe(
    '退货率 40%（40 单中退 16 单），其他商品合计 5%；即使按保守估计，也不低于 20.8%。',
  )
  const { results } = await api(`return-outliers?store_id=odd&${period()}`)
  expect(results.map(({ value }: { value: string }) => value)).toEqual(['bad'])
  await page.getByRole('link', { name: '名为 bad' }).click()
  await page.waitForURL(/product=bad/)
  await page.waitForFunction(
    () => document.querySelector('[data-metric=return_rate]')?.getAttribute('data-value') === '0.4',
  )
  expect(await page.locator('[data-outlier]').count()).toBe(0)
  await page.context().close()
})

test('a filter of the head narrows every number', async () => {
  const page = await newPage()
  await page.goto(`${returns}?${period()}&channel=search`)
  await settled(page)
  expect(await shown(page, 'refunds', 'return_rate')).toEqual([0, null])
  await page.context().close()
})

test('a store without facts says what to do', async () => {
  const page = await newPage()
  await page.goto('/stores/empty/returns')
  await page.getByRole('heading', { name: '等待第一个事件' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test.each([
  ['light', 390, 844, 'zh-CN'],
  ['dark', 1440, 900, 'en'],
] as const)('nothing is out of reach: %s, %d pixels wide', async (colorScheme, width, height, locale) => {
  const page = await newPage({ colorScheme, viewport: { width, height }, locale })
  await page.goto(`${returns}?${period()}&by=product`)
  await settled(page)
  await page.waitForSelector('.chart canvas')
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.context().close()
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
