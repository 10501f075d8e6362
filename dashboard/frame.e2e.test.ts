import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertOrders, insertStore, insertViews } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>

/** Noon in Shanghai the day before yesterday, as ClickHouse writes it. */
const noon = (minute: number) =>
  `${new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)} 04:${String(minute).padStart(2, '0')}:00.000`

beforeAll(async () => {
  dashboard = await startDashboard()
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertStore(dashboard, 'outlet', { name: '奥莱店' })
  await insertViews(dashboard.warehouse, 'main', [
    ['v1', 'douyin', noon(0)],
    ['v2', 'douyin', noon(1)],
    ['v3', 'wecom', noon(2)],
    ['v4', 'direct', noon(3)],
  ])
  await insertOrders(dashboard.warehouse, 'main', [
    ['c1', 'douyin', noon(5), '300', true],
    ['c2', 'wecom', noon(6), '50', true],
  ])
  browser = await openBrowser(dashboard.url)
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

const overview = '/stores/main/overview?compare=none'
const paid = '[data-metric=paid_gmv]'

test('a filter is chosen from the values there are, by keyboard, and several of one slice count together', async () => {
  const page = await browser.newPage()
  await logIn(page, overview)
  await hydrated(page)
  await page.focus('#filter')
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: '抖音 2' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByPlaceholder('搜索…').fill('抖')
  await page.keyboard.press('Enter')
  await page.waitForSelector(`${paid}[data-value="300"]`)
  await page.click('#filter')
  await page.getByRole('option', { name: '企业微信 1' }).click()
  await page.waitForSelector(`${paid}[data-value="350"]`)
  expect(new URL(page.url()).search).toBe('?compare=none&channel=douyin&channel=wecom')
  await page.getByRole('link', { name: '渠道: 抖音' }).click()
  await page.waitForSelector(`${paid}[data-value="50"]`)
  await page.context().close()
})

test('the command palette leads to a page, a period and another store', async () => {
  const page = await browser.newPage()
  await logIn(page, overview)
  await hydrated(page)
  const palette = page.getByRole('dialog', { name: '命令面板' })
  const choose = async (text: string) => {
    await page.keyboard.press('Control+k')
    await palette.waitFor()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await palette.waitFor({ state: 'hidden' })
  }
  await page.keyboard.press('Control+k')
  await palette.waitFor()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await choose('近 7')
  await page.waitForURL(/period=last_7_days/)
  await choose('奥莱')
  await page.waitForURL('**/stores/outlet/overview?*')
  await choose('definitions')
  await page.waitForURL('**/stores/outlet/definitions')
  await page.keyboard.press('Control+k')
  await palette.waitFor()
  await page.keyboard.type('return_rate_by_value')
  await palette.getByText('金额退货率', { exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/stores/outlet/definitions#return_rate_by_value')
  await page.context().close()
})

test('a panel is saved as a picture of what is seen', async () => {
  const page = await browser.newPage({ acceptDownloads: true })
  await logIn(page, overview)
  await page.waitForSelector('.chart canvas')
  await hydrated(page)
  const panel = page.getByRole('region', { name: '趋势' })
  const box = await panel.boundingBox()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: '下载图片' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^main-.*-day\.png$/)
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const png = Buffer.concat(chunks)
  // The first chunk of a PNG holds its width: twice the panel's.
  expect(Math.abs(png.readUInt32BE(16) - 2 * (box?.width ?? 0))).toBeLessThan(3)
  expect(await coloursOf(page, png)).toBeGreaterThan(20)
  await page.context().close()
})

/** How many colours a picture has: an empty one has one. */
const coloursOf = (page: Awaited<ReturnType<typeof browser.newPage>>, png: Buffer) =>
  page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const pixels = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? [])
    return new Set(pixels).size
  }, png.toString('base64'))

test('on a phone every page is within reach', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await logIn(page, overview)
  await hydrated(page)
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '指标定义' }).click()
  await page.waitForURL('**/stores/main/definitions')
  await page.context().close()
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
