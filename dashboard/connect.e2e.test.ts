import { announceChanged } from '@guanlan/jobs/changed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertEvent, insertRejected } from './testing/insert-arrivals.ts'
import { insertStore, insertUser } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>

const operator = { email: 'operator@example.com', password: 'an operator’s password' }
const writeKey = 'the-write-key'

beforeAll(async () => {
  dashboard = await startDashboard({
    ...{ WRITE_KEY: writeKey, STORE_ID: 'main', INGEST_URL: 'https://in.example.com/' },
  })
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertStore(dashboard, 'other')
  await insertUser(dashboard, 'Olivia', { ...operator, roles: { main: 'operator' } })
  browser = await openBrowser(dashboard.url)
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

/** Says as ingest does that there is something new, until what is waited for is there: a page may just be connecting. */
async function announcing(there: Promise<unknown>): Promise<void> {
  const timer = setInterval(() => void announceChanged(dashboard.redis, { store_id: 'main', what: 'facts' }), 500)
  await there.finally(() => clearInterval(timer))
}
const connect = '/stores/main/connect'

test('every snippet has the address and the write key filled in; the secret key is nowhere', async () => {
  const page = await browser.newPage()
  await logIn(page, connect)
  const code = page.locator('pre')
  await code.waitFor()
  expect(await code.textContent()).toBe(
    `<script defer src="https://in.example.com/g.js" data-key="${writeKey}"></script>`,
  )
  await hydrated(page)
  await page.getByRole('link', { name: 'Segment SDK' }).click()
  await page.waitForURL(/way=segment/)
  expect(await code.textContent()).toContain(`apiHost: 'in.example.com/v1'`)
  await page.getByRole('link', { name: '服务端记录' }).click()
  await page.waitForURL(/way=records/)
  expect(await code.textContent()).toContain(`'https://in.example.com/v1/records/orders?store_id=main'`)
  expect(await code.textContent()).toContain('authorization: Bearer $SERVER_KEY')
  expect(await page.getByRole('link', { name: '前往 设置 → 密钥' }).getAttribute('href')).toBe(
    '/stores/main/settings/keys',
  )
  await page.context().close()
})

test('the page turns green by itself when the first event arrives, and is green after a reload', async () => {
  const page = await browser.newPage()
  await logIn(page, connect)
  const status = page.locator('[data-signal="tracker segment"]')
  await page.getByText('等待第一个事件…').waitFor()
  await hydrated(page)
  await insertEvent(dashboard.warehouse, 'main', { message_id: 'first', name: 'page_view' })
  await announcing(page.waitForSelector('[data-signal="tracker segment"][data-arrived=true]'))
  expect(await status.textContent()).toContain('近 24 小时：1 条')
  await page.reload()
  await page.waitForSelector('[data-signal="tracker segment"][data-arrived=true]')
  await page.goto(`${connect}?way=ga4`)
  await page.waitForSelector('[data-signal=ga4][data-arrived=false]')
  await page.context().close()
})

test('an operator sees no key, and who to ask', async () => {
  const page = await browser.newPage()
  await logIn(page, connect, operator)
  const code = page.locator('pre')
  await code.waitFor()
  expect(await code.textContent()).toContain(`data-key="$WRITE_KEY"`)
  expect(await page.content()).not.toContain(writeKey)
  await page.getByText('你的角色看不到密钥。请向店铺负责人（owner').waitFor()
  await page.context().close()
})

test('the debugger shows by itself what is rejected, with its reason and how to fix it', async () => {
  const page = await browser.newPage()
  await logIn(page, `${connect}/debugger`)
  await page.waitForSelector('[data-event=first]')
  await hydrated(page)
  await insertRejected(dashboard.warehouse, 'main', {
    ...{ rejected_id: 'bad', code: 'invalid_amount', path: 'properties.products[3].price' },
    ...{ message: 'must be an amount, as in 19.90', payload: '{"event":"Product Added","price":"¥19.90"}' },
  })
  const row = page.locator('[data-event=bad]')
  await announcing(row.waitFor())
  await row.locator('summary').click()
  const text = await row.locator('.details').textContent()
  expect(text).toContain('只发数字或数字文本，如 19.9 或 "19.90"')
  expect(text).toContain('properties.products[3].price')
  expect(text).toContain('"price": "¥19.90"')
  const group = page.locator('[data-code=invalid_amount]')
  expect(await group.getAttribute('data-count')).toBe('1')
  expect(await group.textContent()).toContain('properties.products[].price')
  await page.context().close()
})

test('an event opens to how it was understood', async () => {
  await insertEvent(dashboard.warehouse, 'main', {
    ...{ message_id: 'robot', name: 'view_item', visitor_id: 'v7', channel: 'douyin', device: 'phone', sku: 'CUP' },
    ...{ is_bot: true, bot_reasons: ['webdriver'], properties: { colour: 'blue' } },
  })
  const page = await browser.newPage()
  await logIn(page, `${connect}/debugger?search=v7`)
  const row = page.locator('[data-event=robot]')
  await row.waitFor()
  expect(await page.locator('[data-event]').count()).toBe(1)
  await hydrated(page)
  await row.locator('summary').click()
  const text = await row.locator('.details').textContent()
  for (const told of ['抖音', '手机', 'CUP', '浏览器由程序控制', '"colour": "blue"']) expect(text).toContain(told)
  await page.context().close()
})

test('a filter stands in the address, and what the page shows the read API tells', async () => {
  const page = await browser.newPage()
  await logIn(page, `${connect}/debugger`)
  await page.waitForSelector('[data-event=bad]')
  await hydrated(page)
  await page.getByRole('link', { name: '被拒收', exact: true }).click()
  await page.waitForURL(/status=rejected/)
  await page.getByLabel('拒收原因').selectOption('invalid_amount')
  await page.waitForURL(/code=invalid_amount/)
  await page.waitForFunction(() => document.querySelectorAll('[data-event]').length === 1)
  const search = new URL(page.url()).searchParams
  expect([search.get('status'), search.get('code')]).toEqual(['rejected', 'invalid_amount'])
  const asked = 'events?store_id=main&status=rejected&code=invalid_amount'
  const response = await fetch(`${dashboard.url}/api/v1/${asked}`, { headers: { authorization: `Bearer ${readKey}` } })
  expect((await response.json()).results.map(({ id }: { id: string }) => id)).toEqual(['bad'])
  await page.context().close()
})

test('while it is paused nothing moves, and it says that there is something new', async () => {
  const page = await browser.newPage()
  await logIn(page, `${connect}/debugger`)
  await page.waitForSelector('[data-event=first]')
  await hydrated(page)
  await page.getByRole('button', { name: '暂停' }).click()
  const before = await page.locator('[data-event]').count()
  await insertEvent(dashboard.warehouse, 'main', { message_id: 'meanwhile' })
  await announcing(page.getByText('已暂停，有新数据到达').waitFor())
  expect(await page.locator('[data-event]').count()).toBe(before)
  await page.getByRole('button', { name: '继续' }).click()
  await page.waitForSelector('[data-event=meanwhile]')
  await page.context().close()
})

test('a store without anything leads from its overview to this page', async () => {
  const page = await browser.newPage()
  await logIn(page, '/stores/other/overview')
  await page.getByRole('link', { name: '查看全部接入方式' }).click()
  await page.waitForURL('**/stores/other/connect')
  await page.context().close()
})

test.each([
  ['light', 390, 844, 'zh-CN'],
  ['dark', 1440, 900, 'en'],
] as const)('nothing is out of reach: %s, %d pixels wide', async (colorScheme, width, height, locale) => {
  const page = await browser.newPage({ colorScheme, viewport: { width, height }, locale })
  await logIn(page, connect)
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  for (const path of [connect, `${connect}?way=records`, `${connect}/debugger`]) {
    await page.goto(path)
    await hydrated(page)
    const row = page.locator('[data-event] summary').first()
    if (path.endsWith('debugger')) await row.click()
    expect([path, await violations(page), await fits()]).toEqual([path, [], true])
  }
  await page.context().close()
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
