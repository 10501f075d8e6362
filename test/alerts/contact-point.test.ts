import { startReceiver } from '@guanlan/jobs/testing-receiver'
import { openAddress } from '@guanlan/warehouse/alerts/address'
import { incident } from '@guanlan/warehouse/alerts/incident'
import { connectWarehouse, type Warehouse } from '@guanlan/warehouse/client'
import { toClickHouse } from '@guanlan/warehouse/instant'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../product.ts'
import { until } from '../until.ts'

const SECRET_KEY = 'the-secret-key-of-the-test-instance'
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] // biome-ignore format: a list

let product: Product
let warehouse: Warehouse
let gateway: Awaited<ReturnType<typeof startReceiver>>
let browser: Browser
let page: Page

beforeAll(async () => {
  product = await startProduct({ SECRET_KEY, ALERT_ALLOW_HOSTS: '127.0.0.0/8' })
  warehouse = connectWarehouse(product.warehouse, 'test')
  // A gateway that knows one key and one number, and answers 200 whatever happens.
  gateway = await startReceiver(({ headers, body }) => {
    const isKnown = headers.authorization === 'AppCode a;b,c'
    const isGood = new URLSearchParams(body).get('mobile') === '13800138000'
    return { body: { code: !isKnown ? 'BAD_KEY' : isGood ? 'OK' : 'BAD_NUMBER' } }
  })
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args })
  page = await browser.newPage({ baseURL: product.dashboard, locale: 'zh-CN', reducedMotion: 'reduce' })
  page.setDefaultTimeout(30_000)
  await open('/login')
  await page.fill('input[name=email]', product.admin.email)
  await page.fill('input[name=password]', product.admin.password)
  await page.click('button[type=submit]')
  await page.waitForURL((at) => at.pathname !== '/login')
  await open('/stores/main/contact-points')
})
afterAll(async () => {
  await browser?.close()
  gateway?.stop()
  await warehouse?.close()
  await product?.stop()
})

const open = async (path: string) => {
  await page.goto(path)
  await page.waitForSelector('html[data-hydrated]')
}
const dialog = () => page.getByRole('dialog')
const attempt = () => dialog().getByRole('button', { name: '先发一条测试消息' }).click()
const stored = () => readSettings(warehouse, 'contact_point', { store_id: 'main' })

test('a draft of an SMS gateway is tried as it would be saved, and nothing of it is kept', async () => {
  await page.getByRole('button', { name: '新建接收方' }).click()
  await dialog().getByText('短信网关', { exact: true }).click()
  await dialog().getByLabel('名称').fill('值班手机')
  await attempt()
  // What is missing is said, and nothing is sent.
  await dialog().getByText('请填以 https:// 开头的地址。').waitFor()
  await dialog().getByLabel('地址').fill(`${gateway.url}/sms`)
  await dialog().getByLabel('手机号').fill('138 0013 8000')
  const headers = 'Authorization: wrong\nContent-Type: application/x-www-form-urlencoded; charset=utf-8'
  await dialog().getByLabel('请求头').fill(headers)
  await dialog().getByLabel('请求正文').fill('mobile={{phone}}&content=%E3%80%90G%E3%80%91{{text}}')
  await dialog().getByLabel('成功的标志').fill('"code":\\s*"OK"')
  await attempt()
  await dialog().getByText('The answer does not match').waitFor()
  await dialog().getByLabel('请求头').fill(headers.replace('wrong', 'AppCode a;b,c'))
  await attempt()
  await dialog().getByText('已送达，用时').waitFor()
  const sent = gateway.received.at(-1)
  expect(gateway.received).toHaveLength(2)
  expect(sent?.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=utf-8')
  expect(Object.fromEntries(new URLSearchParams(sent?.body))).toEqual({
    mobile: '13800138000',
    content: expect.stringMatching(/^【G】测试消息.*值班手机/),
  })
  expect(await stored()).toEqual([])
})

test('saved it is sealed, is told of an incident, and is judged by its pattern', async () => {
  await dialog().getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '编辑 值班手机' }).waitFor()
  const [saved] = await stored()
  expect(JSON.stringify(saved)).not.toContain('AppCode')
  expect(saved && openAddress('sms', saved.value.sealed, SECRET_KEY)).toMatchObject({ phones: ['13800138000'] })
  const at = new Date()
  const value = incident.parse({
    rule: { id: 'r', name: '支付金额骤降', version: 1 },
    ...{ metric: 'paid_gmv', grain: 'minute', slice: { dimension: 'channel', value: 'douyin' } },
    ...{
      finding: 'drop',
      severity: 'critical',
      state: 'open',
      opened_at: at.toISOString(),
      began_at: at.toISOString(),
    },
    ...{ acknowledged: null, escalated_at: null, silenced_until: null, resolved_at: null, reopened: 0, owner: '' },
    ...{ group: null, comments: [], feedback: null, links_used: [], explanation: null },
    value: { at: at.toISOString(), expected: 200, lower: 150, upper: 250, actual: 100 },
  })
  await warehouse.insert({
    table: 'incidents',
    values: [
      {
        ...{ store_id: 'main', incident_id: 'fallen', version: 1, transition: 'opened', notify: [saved?.id] },
        ...{ actor: 'watch', state: 'open', rule_id: 'r', metric: value.metric, value: JSON.stringify(value) },
        ...{ opened_at: toClickHouse(at), at: toClickHouse(at) },
      },
    ],
    format: 'JSONEachRow',
  })
  await until('the message', async () => gateway.received[2])
  const content = new URLSearchParams(gateway.received[2]?.body).get('content')
  expect(content).toMatch(/^【G】告警：支付金额骤降 · 抖音 低于预期 50%/)
  await until('the answer being judged', async () => {
    const rows = await warehouse.query({
      query: `SELECT count() AS sent FROM notifications FINAL WHERE incident_id = 'fallen' AND status = 'sent'`,
      format: 'JSONEachRow',
    })
    const [row] = await rows.json<{ sent: number | string }>()
    return Number(row?.sent) === 1 || undefined
  })
  // Header and body are kept, though no browser sees them again: another number is tried with them.
  await open('/stores/main/contact-points')
  await page.getByRole('button', { name: '编辑 值班手机' }).click()
  await dialog().getByLabel('手机号').fill('13900139000')
  await attempt()
  await dialog().getByText('BAD_NUMBER').waitFor()
  expect((await stored()).map(({ version }) => version)).toEqual([1])
})
