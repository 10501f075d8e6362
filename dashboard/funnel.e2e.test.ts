import { writeSetting } from '@guanlan/warehouse/settings/write'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from './src/lib/server/auth/password.ts'
import { insertStore } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { admin, readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>

/** Noon in Shanghai, so many days ago and so many seconds later, as ClickHouse writes it. */
const noon = (daysAgo: number, seconds = 0) => {
  const day = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  return new Date(Date.parse(`${day}T04:00:00Z`) + seconds * 1000).toISOString().replace('T', ' ').replace('Z', '')
}

const funnel = '/stores/main/funnel'
const threeSteps = 'step=view_item&step=add_to_cart&step=purchase'

async function insertEvents(events: [visitor: string, channel: string, name: string, at: string, values?: object][]) {
  const values = events.map(([visitor_id, channel, name, at, more], index) => ({
    store_id: 'main',
    message_id: `e${index}`,
    name,
    visitor_id,
    channel,
    timestamp: at,
    occurred_at: at,
    received_at: at,
    ...more,
  }))
  await dashboard.warehouse.insert({ table: 'events', values, format: 'JSONEachRow' })
}

async function insertUser(email: string, role: 'analyst' | 'viewer') {
  const value = { email, name: '', password_hash: await hashPassword(admin.password), roles: { main: role } }
  await writeSetting(dashboard, { store_id: '', kind: 'user', id: email, read_version: 0, value, actor: 'test' })
}

beforeAll(async () => {
  dashboard = await startDashboard()
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertUser('analyst@example.com', 'analyst')
  await insertUser('viewer@example.com', 'viewer')
  await insertEvents([
    ['a', 'baidu', 'view_item', noon(3), { sku: 'tea', properties: { brand: 'Xihu' } }],
    ['a', 'baidu', 'add_to_cart', noon(3, 60)],
    ['a', 'baidu', 'purchase', noon(3, 240)],
    ['b', 'baidu', 'view_item', noon(3), { sku: 'tea', properties: { brand: 'Xihu' } }],
    ['b', 'baidu', 'add_to_cart', noon(3, 120)],
    ['b', 'baidu', 'purchase', noon(3, 420)],
    ['c', 'douyin', 'view_item', noon(3), { sku: 'cup', properties: { brand: 'Jingdezhen' } }],
    ['c', 'douyin', 'add_to_cart', noon(3, 30)],
    ['d', 'douyin', 'view_item', noon(3), { sku: 'tea' }],
    // Bought two days later: outside of a day.
    ['e', 'douyin', 'view_item', noon(5)],
    ['e', 'douyin', 'purchase', noon(3)],
    ['f', 'direct', 'page_view', noon(3), { page_type: 'home', path: '/' }],
    ['old', 'baidu', 'view_item', noon(33)],
    ['old', 'baidu', 'add_to_cart', noon(33, 10)],
  ])
  browser = await openBrowser(dashboard.url)
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

async function logInAs(page: Page, email: string, path: string) {
  await page.goto(path)
  await hydrated(page)
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', admin.password)
  await page.click('button[type=submit]')
  await page.waitForURL((at) => at.pathname !== '/login')
  await hydrated(page)
}

/** The numbers of the table, a row a step. */
async function numbers(page: Page, ...columns: string[]) {
  await page.locator('[data-row]').first().waitFor()
  return page.locator('tr[data-row]').evaluateAll(
    (rows, names) =>
      rows.map((row) =>
        names.map((name) => {
          const value = row.querySelector(`[data-column=${name}]`)?.getAttribute('data-value')
          return value === null || value === undefined ? null : Number(value)
        }),
      ),
    columns,
  )
}

/** Waits until the last step has so many visitors. */
const lastStep = (page: Page, visitors: number) =>
  page.waitForFunction((count) => {
    const busy = document.querySelector('[aria-busy=true]')
    const last = [...document.querySelectorAll('tr[data-row] [data-column=visitors]')].at(-1)
    return !busy && last?.getAttribute('data-value') === String(count)
  }, visitors)

/** Goes on with the Tab key until what has the focus bears the name. */
async function tabTo(page: Page, name: RegExp) {
  for (let presses = 0; presses < 80; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
    })
    if (name.test(focused)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key never came to ${name}.`)
}

const searchOf = (page: Page) => new URL(page.url()).search

test('a funnel is built by keyboard alone, and says what the read API says', async () => {
  const page = await browser.newPage()
  await logIn(page, `${funnel}?step=`)
  await hydrated(page)
  await page.getByText('漏斗至少要两步').waitFor()
  // Chosen by its Chinese name, by its own, and typed though nobody has seen it.
  for (const [name, option] of [['下单', '下单'], ['view_item', '浏览商品'], ['add_to_cart', '加入购物车']] as const) {
    await tabTo(page, /^添加一步$/)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    // What opens comes when it is first asked for, and takes the focus.
    await page.locator('input[role=combobox]:focus').waitFor()
    await page.keyboard.type(name)
    await page.getByRole('option', { name: new RegExp(`^${option}`) }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: new RegExp(`步的事件：${option}`) }).waitFor()
  } // biome-ignore format: a list of pairs
  // The order is upside down: the first step goes down twice.
  await page.keyboard.press('Shift+Tab')
  await tabTo(page, /^移动第 1 步“下单”/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.waitForURL((url) => url.search === `?${threeSteps}`)
  await lastStep(page, 2)
  // a and b bought; c went to the cart; e bought too late. Cart after 60, 120 and 30 s; order after 180 and 300 s.
  // The period before is asked apart.
  const told = () => numbers(page, 'visitors', 'conversion', 'step_conversion', 'median_seconds', 'lost', 'before')
  await expect.poll(told).toEqual([
    [5, 1, null, null, 2, 1],
    [3, 0.6, 0.6, 60, 1, 1],
    [2, 0.4, 2 / 3, 240, null, 0],
  ])
  const answer = await fetch(`${dashboard.url}/api/v1/funnel`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      store_id: 'main',
      steps: [{ name: 'view_item' }, { name: 'add_to_cart' }, { name: 'purchase' }],
      window_seconds: 86_400,
      date_range: [noon(20).slice(0, 10), noon(-1).slice(0, 10)],
    }),
  })
  const { results } = await answer.json()
  expect(await numbers(page, 'visitors', 'conversion', 'step_conversion', 'median_seconds')).toEqual(
    results.map((row: Record<string, number>) => [
      row.visitors,
      row.conversion,
      row.step_conversion,
      row.median_seconds,
    ]),
  )
  await page.context().close()
})

test('what is removed comes back; conditions, window and order stand in the address, and a shared link keeps them', async () => {
  const page = await browser.newPage()
  await logIn(page, `${funnel}?${threeSteps}`)
  await hydrated(page)
  await lastStep(page, 2)
  await page.getByRole('button', { name: '删除第 2 步' }).click()
  await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length === 2)
  expect(await numbers(page, 'visitors')).toEqual([[5], [2]])
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length === 3)
  expect(searchOf(page)).toBe(`?${threeSteps}`)
  await page.getByRole('button', { name: '添加条件' }).first().click()
  await page.getByLabel('条件字段').selectOption('property')
  await page.getByRole('button', { name: '属性名' }).click()
  await page.getByRole('option', { name: 'brand' }).click()
  await page.getByRole('button', { name: '添加值' }).click()
  await page.getByRole('option', { name: 'Xihu' }).click()
  await page.waitForURL(/properties\.brand\*is\*Xihu/)
  await page.getByLabel('转化窗口').selectOption('604800')
  await page.waitForURL(/window=7d/)
  await page.getByLabel('步骤顺序').selectOption('unordered')
  await page.waitForURL(/order=unordered/)
  await lastStep(page, 2)
  expect(await numbers(page, 'visitors')).toEqual([[2], [2], [2]])
  const link = page.url()
  await page.reload()
  await lastStep(page, 2)
  expect(await numbers(page, 'visitors')).toEqual([[2], [2], [2]])
  const other = await browser.newPage()
  await logIn(other, link)
  await lastStep(other, 2)
  await other.getByRole('button', { name: '去掉值“Xihu”' }).waitFor()
  expect(await other.getByLabel('步骤顺序').inputValue()).toBe('unordered')
  await other.context().close()
  await page.context().close()
})

test('within seven days the late buyer counts, and a drag moves a step', async () => {
  const page = await browser.newPage()
  await logIn(page, `${funnel}?step=purchase&step=view_item&window=7d`)
  await hydrated(page)
  await lastStep(page, 0)
  const handle = await page.getByRole('button', { name: /^移动第 1 步/ }).boundingBox()
  const below = await page.getByRole('button', { name: '添加一步' }).boundingBox()
  if (!handle || !below) throw new Error('there is nothing to drag')
  await page.mouse.move(handle.x + 8, handle.y + 8)
  await page.mouse.down()
  await page.mouse.move(handle.x + 8, below.y, { steps: 4 })
  await page.mouse.up()
  await page.waitForURL((url) => url.search === '?step=view_item&step=purchase&window=7d')
  await lastStep(page, 3)
  await page.context().close()
})

test('a funnel is kept under a name, opened again, renamed, deleted and put back', async () => {
  const page = await browser.newPage()
  // As over plain http from another machine: what only secure contexts have is not there.
  await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, 'randomUUID'))
  await logIn(page, `${funnel}?${threeSteps}&window=1h`)
  await hydrated(page)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('button', { name: '确定' }).click()
  await page.getByText('请填写名称。').waitFor()
  await page.getByLabel('漏斗名称').fill('加购到下单')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '加购到下单' }).waitFor()
  await page.waitForURL(/funnel=/)
  await page.goto(funnel)
  await hydrated(page)
  await page.getByRole('button', { name: '打开' }).click()
  await page.getByRole('menuitem', { name: '加购到下单' }).click()
  await page.getByRole('heading', { name: '加购到下单' }).waitFor()
  expect(await page.getByLabel('转化窗口').inputValue()).toBe('3600')
  await page.getByRole('button', { name: '重命名' }).click()
  await page.getByLabel('漏斗名称').fill('一小时下单')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '一小时下单' }).waitFor()
  await page.getByRole('button', { name: '删除', exact: true }).click()
  await page.getByText('已删除“一小时下单”。').waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByRole('heading', { name: '一小时下单' }).waitFor()
  await page.context().close()
})

test('who changes a funnel that somebody else changed meanwhile is told by whom, and keeps what they did', async () => {
  const [mine, theirs] = [await browser.newPage(), await browser.newPage()]
  await logIn(mine, `${funnel}?${threeSteps}`)
  await hydrated(mine)
  await mine.getByRole('button', { name: '保存', exact: true }).click()
  await mine.getByLabel('漏斗名称').fill('共同的漏斗')
  await mine.keyboard.press('Enter')
  await mine.getByRole('heading', { name: '共同的漏斗' }).waitFor()
  await mine.waitForURL(/funnel=/)
  await logInAs(theirs, 'analyst@example.com', mine.url())
  await theirs.getByLabel('转化窗口').selectOption('1800')
  await theirs.getByRole('button', { name: '保存', exact: true }).click()
  await theirs.getByText('有未保存的改动').waitFor({ state: 'detached' })
  await mine.getByLabel('步骤顺序').selectOption('first_start')
  await mine.getByRole('button', { name: '保存', exact: true }).click()
  await mine.getByText('analyst@example.com 刚刚改过这个漏斗').first().waitFor()
  expect(await mine.getByLabel('步骤顺序').inputValue()).toBe('first_start')
  await mine.getByRole('button', { name: '用我的覆盖' }).click()
  await mine.getByText('刚刚改过这个漏斗').waitFor({ state: 'detached' })
  await mine.getByText('有未保存的改动').waitFor({ state: 'detached' })
  // A refusal is an answer of 409, which Chromium writes down.
  expect(browser.complaints.splice(0).every((text) => text.includes('409') || text.includes('400'))).toBe(true)
  await mine.context().close()
  await theirs.context().close()
})

test('who only reads is offered no saving, and is refused it', async () => {
  const page = await browser.newPage()
  await logInAs(page, 'viewer@example.com', `${funnel}?${threeSteps}`)
  await lastStep(page, 2)
  await page.getByRole('button', { name: '打开' }).waitFor()
  expect(await page.getByRole('button', { name: /保存|另存为|重命名/ }).count()).toBe(0)
  const form = { id: 'x', read_version: '0', name: 'x', search: threeSteps }
  const headers = { origin: dashboard.url, accept: 'application/json', 'x-sveltekit-action': 'true' }
  for (const action of ['save', 'remove', 'put_back']) {
    const answer = await page.request.post(`${funnel}?/${action}`, { form, headers })
    expect((await answer.json()).status ?? answer.status()).toBe(403)
  }
  await page.context().close()
})

test('a breakdown is by the channel at entry, and tells where visitors are lost against the rest', async () => {
  const page = await browser.newPage()
  await logIn(page, `${funnel}?${threeSteps}&by=channel&compare=none`)
  await page.locator('tr[data-value=baidu]').waitFor()
  const rows = await page
    .locator('tr[data-value]')
    .evaluateAll((all) =>
      all.map((row) => [
        row.getAttribute('data-value'),
        ...[...row.querySelectorAll('[data-visitors]')].map((cell) => Number(cell.getAttribute('data-visitors'))),
      ]),
    )
  expect(rows).toEqual([['douyin', 3, 1, 0], ['baidu', 2, 2, 2]]) // biome-ignore format: one line
  // douyin: 3 × (2⁄2 − 1⁄3) = 2 are missing in the cart, 1 × (2⁄2 − 0) at the order.
  expect(await page.locator('[data-worst]').textContent()).toContain(
    '抖音在第 2 步“加入购物车”流失最重：步转化 33.3%，其余 100%，多流失约 2 位访客。',
  )
  await page.context().close()
})

test('the file of the funnel says what its table says, and there is a picture of it', async () => {
  const page = await browser.newPage({ acceptDownloads: true })
  await logIn(page, `${funnel}?${threeSteps}`)
  await hydrated(page)
  await lastStep(page, 2)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: '漏斗', exact: true }).getByRole('button', { name: '下载 CSV' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const [head, ...lines] = Buffer.concat(chunks).toString('utf8').split('\r\n').slice(0, -1)
  expect(head).toBe('\uFEFFposition,step,visitors,conversion,step_conversion,median_seconds')
  const told = lines.map((line) => line.split(',').slice(2).map((cell) => (cell === '' ? null : Number(cell)))) // biome-ignore format: one line
  expect(told).toEqual(await numbers(page, 'visitors', 'conversion', 'step_conversion', 'median_seconds'))
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: '漏斗', exact: true }).getByRole('button', { name: '下载图片' }).click(),
  ])
  expect(picture.suggestedFilename()).toMatch(/^main-.+-funnel\.png$/)
  await page.context().close()
})

test('where nobody comes to the first step, it is told why, and which events there were', async () => {
  const page = await browser.newPage()
  await logIn(page, `${funnel}?step=view&step=purchase&order=sideways`)
  await hydrated(page)
  await page.getByText('地址中的步骤顺序有一部分看不懂').waitFor()
  await page.getByText('这段时间没有收到 view。').waitFor()
  await page.getByRole('button', { name: '浏览商品 5' }).click()
  await lastStep(page, 2)
  await page.goto(`${funnel}?step=view_item**category*is*none&step=purchase`)
  await page.getByText('这段时间有 5 次 view_item').waitFor()
  await page.context().close()
})

test('another question withdraws the one that takes long, and one that failed can be asked again', async () => {
  const page = await browser.newPage()
  // One route for all of it: where there is none, even for a moment, the browser lets go of what was held.
  const held = Promise.withResolvers<void>()
  let isHeld = true
  await page.route('**/api/v1/funnel', (route) =>
    isHeld ? held.resolve() : route.fulfill({ status: 503, json: { detail: '' } }),
  )
  await logIn(page, `${funnel}?${threeSteps}&compare=none`)
  await hydrated(page)
  await held.promise
  const withdrawn = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/v1/funnel'))
  isHeld = false
  await page.getByLabel('转化窗口').selectOption('1800')
  expect((await withdrawn).failure()?.errorText).toBe('net::ERR_ABORTED')
  await page.getByText('查询没有完成，请重试。').waitFor()
  await page.unroute('**/api/v1/funnel')
  await page.getByRole('button', { name: '重试' }).click()
  await lastStep(page, 2)
  expect(browser.complaints.splice(0).every((text) => text.includes('503'))).toBe(true)
  await page.context().close()
})

test.each([
  ['light', 390, 844, 'zh-CN', '编辑步骤（4 步）', '第 1 步的事件'],
  ['dark', 1440, 900, 'en', undefined, 'Event of step 1'],
] as const)('nothing is out of reach: %s, %d pixels wide', async (colorScheme, width, height, locale, edit, picker) => {
  const page = await browser.newPage({ colorScheme, viewport: { width, height }, locale })
  await logIn(
    page,
    `${funnel}?${threeSteps}&step=login**properties.brand*is_not*Xihu**path*contains*tea&by=channel&window=90m`,
  )
  await hydrated(page)
  await lastStep(page, 0)
  if (edit) await page.getByRole('button', { name: edit }).click()
  await page.locator('tr[data-value=baidu]').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.getByRole('button', { name: picker }).click()
  await page.getByRole('listbox').getByRole('option').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto(`${funnel}?step=`)
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
