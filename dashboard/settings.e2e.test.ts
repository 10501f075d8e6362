import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertOrders, insertStore } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let owner: Page
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guanlan-settings-'))
  dashboard = await startDashboard({ DATA_DIR: dataDir, WRITE_KEY: 'the-write-key-of-main', STORE_ID: 'main' })
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertStore(dashboard, 'demo', { name: '演示店铺' })
  await insertOrders(dashboard.warehouse, 'main', [['c1', 'douyin', '2026-11-01 03:00:00.000', '100.5', true]])
  browser = await openBrowser(dashboard.url)
  owner = await browser.newPage()
  await logIn(owner, '/stores/main/settings/store')
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
  await rm(dataDir, { recursive: true })
})

const settings = '/stores/main/settings'
const dialog = (page: Page) => page.getByRole('dialog')
const go = async (page: Page, path: string) => {
  await page.goto(path)
  await hydrated(page)
}
/** The one thing that is shown once. */
const told = async (page: Page) => {
  await dialog(page).getByText('只显示这一次').waitFor()
  const text = (await dialog(page).locator('code').textContent()) ?? ''
  await dialog(page).getByRole('button', { name: '我已保存' }).click()
  return text
}
const paidGmv = (key: string) =>
  fetch(`${dashboard.url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ store_id: 'main', metrics: ['paid_gmv'], date_range: ['2026-11-01', '2026-11-02'] }),
  })
const invite = async (email: string, role: string) => {
  await go(owner, `${settings}/users`)
  await owner.getByRole('button', { name: '邀请成员' }).click()
  await dialog(owner).getByLabel('邮箱').fill(email)
  await dialog(owner).getByText(role, { exact: true }).click()
  await dialog(owner).getByRole('button', { name: '生成邀请链接' }).click()
  return told(owner)
}
/** Opens an invitation in a browser of its own, and accepts it. */
const accept = async (link: string) => {
  const page = await browser.newPage()
  await go(page, link)
  await page.getByLabel('新密码').fill('a password of my own')
  await page.getByLabel('再输入一次').fill('a password of my own')
  await page.getByRole('button', { name: '接受邀请' }).click()
  await page.waitForURL('**/stores/main/overview')
  return page
}
const dataOf = async (page: Page, path: string) => {
  const answer = await page.request.get(`${path}/__data.json`)
  return { status: answer.status(), text: await answer.text() }
}

test('somebody who is invited chooses a password, has the role, and sees no keys', async () => {
  const link = await invite('op@example.com', '运营')
  const page = await accept(link)
  await go(page, `${settings}/targets`)
  const tabs = await page.getByRole('navigation', { name: '设置' }).getByRole('link').allInnerTexts()
  expect(tabs).toEqual(['店铺', '热力图', '目标', '活动', '标注', '我的账号'])
  const keys = await dataOf(page, `${settings}/keys`)
  expect(keys.text).toContain('404')
  expect(keys.text).not.toContain('last_four')
  expect((await page.request.get(`${settings}/keys`)).status()).toBe(404)
  const headers = { origin: dashboard.url }
  const form = { name: 'x', scope: 'read' }
  expect((await page.request.post(`${settings}/keys?/create`, { form, headers })).status()).toBe(403)
  const again = await browser.newPage()
  await go(again, link)
  await again.getByRole('heading', { name: '链接无效' }).waitFor()
  browser.complaints.length = 0
  await Promise.all([page.context().close(), again.context().close()])
})

test('a viewer is shown nothing to change, and is refused when it is posted all the same', async () => {
  const page = await accept(await invite('viewer@example.com', '只读'))
  await go(page, `${settings}/store`)
  await page.getByRole('definition').first().waitFor()
  expect(await page.locator('main').getByRole('button').count()).toBe(0)
  const headers = { origin: dashboard.url }
  const post = async (action: string, form: Record<string, string>) =>
    (await page.request.post(`${settings}/${action}`, { form, headers })).status()
  expect(await post('store?/save', { name: 'Mine', time_zone: 'UTC', currency: 'CNY', read_version: '1' })).toBe(403)
  expect(await post('store?/remove', { name: '观澜生活馆' })).toBe(403)
  const tracking = { heatmap_rate: '1', daily_views_per_page: '0', module_selector: '', page_groups: '/p/*' }
  expect(await post('tracking?/save', tracking)).toBe(403)
  expect(await post('users?/invite', { email: 'x@example.com', role: 'owner' })).toBe(403)
  expect(await post('annotations?/save', { when: 'now', type: 'note', text: 'x' })).toBe(403)
  const elsewhere = { headers: { origin: 'https://evil.example' }, form: { when: 'now', type: 'note', text: 'x' } }
  expect((await owner.request.post(`${settings}/annotations?/save`, elsewhere)).status()).toBe(403)
  await page.context().close()
})

test('whose user is removed is out at once', async () => {
  const page = await accept(await invite('gone@example.com', '分析师'))
  await go(owner, `${settings}/users`)
  await owner.getByRole('button', { name: '移除 gone@example.com' }).click()
  await dialog(owner).getByRole('button', { name: '移除', exact: true }).click()
  await owner.locator('[data-row="gone@example.com"]').waitFor({ state: 'detached' })
  await page.goto(`${settings}/store`)
  expect(new URL(page.url()).pathname).toBe('/login')
  await page.context().close()
})

test('a password link that waits is seen, and once taken back it opens nothing', async () => {
  await go(owner, `${settings}/users`)
  await owner.getByRole('button', { name: '重置密码 op@example.com' }).click()
  const link = await told(owner)
  await owner.locator('[data-row="reset op@example.com"]').getByText('owner@example.com').waitFor()
  expect(await violations(owner)).toEqual([])
  await owner.getByRole('button', { name: '撤回 op@example.com' }).click()
  await owner.locator('[data-row="reset op@example.com"]').waitFor({ state: 'detached' })
  const page = await browser.newPage()
  await go(page, link)
  await page.getByRole('heading', { name: '链接无效' }).waitFor()
  await page.context().close()
})

test('a key is shown once, reads, and reads nothing once it is revoked; undone, it does again', async () => {
  await go(owner, `${settings}/keys`)
  await owner.getByRole('button', { name: '新建密钥' }).click()
  await dialog(owner).getByLabel('名称').fill('报表')
  await dialog(owner).getByText('读取', { exact: true }).click()
  await dialog(owner).getByRole('button', { name: '新建密钥' }).click()
  const key = await told(owner)
  expect(key).toMatch(/^read_[\w-]{32}$/)
  const answer = await paidGmv(key)
  expect((await answer.json()).results[0].metrics).toEqual([100.5])
  const data = await dataOf(owner, `${settings}/keys`)
  expect(data.text).toContain(key.slice(-4))
  expect(data.text).not.toContain(key)
  expect(data.text).not.toMatch(/[0-9a-f]{64}/)
  await owner.reload()
  await owner.locator('[data-row]', { hasText: '报表' }).getByText('最近使用').waitFor()
  await owner.getByRole('button', { name: '吊销 报表' }).click()
  await owner.getByText('已吊销“报表”').waitFor()
  await owner.getByRole('button', { name: '吊销 报表' }).waitFor({ state: 'detached' })
  expect((await paidGmv(key)).status).toBe(401)
  await owner.getByRole('button', { name: '撤销' }).click()
  await owner.getByRole('button', { name: '吊销 报表' }).waitFor()
  expect((await paidGmv(key)).status).toBe(200)
})

// What is refused, browsers call a resource that failed to load.
test('who changes what somebody else has just changed is told so, and keeps what was typed', async () => {
  await go(owner, `${settings}/store`)
  const other = await owner.context().newPage()
  await go(other, `${settings}/store`)
  await other.getByLabel('名称').fill('观澜茶馆')
  await other.getByRole('button', { name: '保存' }).click()
  await other.getByText('已保存').waitFor()
  await owner.getByLabel('名称').fill('观澜书店')
  await owner.getByRole('button', { name: '保存' }).click()
  await owner.getByText('刚刚被 owner@example.com 修改过').waitFor()
  expect(await owner.getByLabel('名称').inputValue()).toBe('观澜书店')
  await owner.getByLabel('时区').fill('Asia/Tokyo')
  await owner.getByRole('button', { name: '保存' }).click()
  await owner.getByText('所有日期按新时区重新划分').waitFor()
  await owner.getByLabel('我明白').check()
  await owner.getByRole('button', { name: '保存' }).click()
  await owner.getByText('已保存').waitFor()
  await owner.getByLabel('币种').fill('USD')
  await owner.getByRole('button', { name: '保存' }).click()
  await owner.getByText('已有以 CNY 计的金额').waitFor()
  await go(owner, `${settings}/store`)
  const of = (label: string) => owner.getByLabel(label).inputValue()
  expect([await of('名称'), await of('时区'), await of('币种')]).toEqual(['观澜书店', 'Asia/Tokyo', 'CNY'])
  browser.complaints.length = 0
  await other.close()
})

test('a campaign, a target for its days and an annotation are made, and deleting is undone', async () => {
  await go(owner, `${settings}/campaigns`)
  await owner.getByRole('button', { name: '新建活动' }).click()
  await dialog(owner).getByLabel('名称').fill('双 11')
  await dialog(owner).getByLabel('开始').fill('2026-11-01T20:00')
  await dialog(owner).getByLabel('结束').fill('2026-11-01T19:00')
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await dialog(owner).getByText('结束时间必须晚于开始时间').waitFor()
  await dialog(owner).getByLabel('结束').fill('2026-11-12T00:00')
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await owner.locator('li', { hasText: '双 11' }).getByText('大促').waitFor()

  await go(owner, `${settings}/targets`)
  await owner.getByRole('button', { name: '新建目标' }).click()
  await dialog(owner).locator('label', { hasText: '活动' }).click()
  await dialog(owner).getByLabel('目标值').fill('1,200,000')
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await owner.locator('li', { hasText: '¥1,200,000.00' }).getByText('11月1日 – 11月11日').waitFor()

  await go(owner, `${settings}/annotations`)
  await owner.getByRole('button', { name: '添加标注' }).click()
  await dialog(owner).getByLabel('内容').fill('首页改版')
  await dialog(owner).getByText('上线').click()
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await owner.getByRole('button', { name: '删除 首页改版' }).click()
  await owner.getByText('已删除“首页改版”').waitFor()
  await owner.getByRole('button', { name: '撤销' }).click()
  await owner.getByRole('button', { name: '删除 首页改版' }).waitFor()
  browser.complaints.length = 0
})

test('the log tells it all in words, page by page and as a file, and no secret', async () => {
  await go(owner, `${settings}/audit`)
  await owner.locator('li', { hasText: '双 11' }).getByText('新建').waitFor()
  const zone = owner.locator('li', { hasText: '观澜书店' }).locator('dl > div', { hasText: '时区' })
  expect((await zone.allInnerTexts())[0]?.replace(/\s+/g, ' ')).toBe('时区 Asia/Shanghai → Asia/Tokyo')
  await owner.getByLabel('类型').selectOption('key')
  await owner.getByRole('button', { name: '筛选' }).click()
  await owner.waitForURL(/kind=key/)
  await owner.locator('li', { hasText: '双 11' }).waitFor({ state: 'detached' })
  expect(await owner.locator('li[data-row]').count()).toBe(3)
  const file = await (await owner.request.get(`${settings}/audit/file?kind=key`)).text()
  expect(file.split('\r\n')[0]).toBe('\uFEFF时间,操作人,类型,名称,操作,字段,之前,之后')
  expect(file).toContain('（不显示）')
  for (const text of [file, (await dataOf(owner, `${settings}/audit`)).text]) {
    expect(text).not.toMatch(/argon2|[0-9a-f]{64}/)
  }
})

test('the demo store goes with one confirmation', async () => {
  await mkdir(join(dataDir, 'demo'))
  await writeFile(join(dataDir, 'demo', 'state.json'), '{"phase":"live","store_id":"demo","share":1}')
  await go(owner, '/stores/demo/settings/store')
  await owner.getByRole('button', { name: '移除演示店铺' }).click()
  await dialog(owner).getByRole('button', { name: '移除演示店铺' }).click()
  await owner.waitForURL('**/stores/main/overview')
  expect((await owner.request.get('/stores/demo/overview')).status()).toBe(404)
})

test.each([
  ['light', 390, 844, 'zh-CN'],
  ['dark', 1440, 900, 'en'],
] as const)(
  'nothing is out of reach: %s, %d pixels wide',
  async (colorScheme, width, height, locale) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height }, locale })
    await logIn(page, `${settings}/store`)
    for (const tab of ['store', 'keys', 'users', 'targets', 'campaigns', 'annotations', 'audit', 'account']) {
      await go(page, `${settings}/${tab}`)
      expect([tab, await violations(page)]).toEqual([tab, []])
      expect([tab, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)]).toEqual([tab, true])
    }
    await go(page, `${settings}/users`)
    await page.locator('main .control.primary').first().click()
    await dialog(page).waitFor()
    expect(await violations(page)).toEqual([])
    await page.context().close()
  },
  60_000,
)

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
