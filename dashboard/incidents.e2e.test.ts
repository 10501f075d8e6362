import { openAddress, sealAddress } from '@guanlan/warehouse/alerts/address'
import { linkToken } from '@guanlan/warehouse/alerts/link'
import { markNotifications } from '@guanlan/warehouse/alerts/outbox'
import { readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { type Kind, kinds, type Value } from '@guanlan/warehouse/settings/kinds'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertOrders, insertStore, insertUser } from './testing/insert-facts.ts'
import { incidentOf, insertIncident } from './testing/insert-incident.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

const secretKey = 'the-secret-key-of-the-test-instance'
/** Milliseconds for what opens many pages. */
const long = 90_000
const password = 'a good enough password'
const operator = { email: 'op@example.com', password }
const viewer = { email: 'viewer@example.com', password }

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let owner: Page

const put = <K extends Kind>(kind: K, id: string, value: unknown) =>
  writeSetting(dashboard, {
    ...{ store_id: 'main', kind, id, read_version: 0, actor: 'test' },
    value: kinds[kind].parse(value) as Value<K>,
  })
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const clickHouse = (iso: string) => iso.replace('T', ' ').slice(0, 23)

beforeAll(async () => {
  dashboard = await startDashboard({ STORE_ID: 'main', SECRET_KEY: secretKey })
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertUser(dashboard, 'op', { ...operator, roles: { main: 'operator' } })
  await insertUser(dashboard, 'viewer', { ...viewer, roles: { main: 'viewer' } })
  await insertOrders(
    dashboard.warehouse,
    'main',
    Array.from({ length: 90 }, (_, at) => ['c1', 'douyin', clickHouse(minutesAgo(at + 2)), String(100 + at), true]),
  )
  const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7b1c'
  await put('contact_point', 'group', {
    ...{
      name: '值班群',
      type: 'wecom',
      sealed: sealAddress('wecom', { url }, secretKey),
      hint: 'qyapi.weixin.qq.com …7b1c',
    },
    is_default: true,
  })
  await put('rule', 'rule-gmv', {
    ...{ name: '支付金额骤降', metric: 'paid_gmv', grain: 'minute', by: 'channel', severity: 'critical' },
    condition: { type: 'anomaly', direction: 'drop' },
  })
  await insertIncident(dashboard, 'douyin', incidentOf(), { notify: ['group'] })
  await insertIncident(dashboard, 'member', incidentOf({ metric: 'visitors', severity: 'warning', group: 'douyin' }))
  await insertIncident(dashboard, 'over', {
    ...incidentOf({ metric: 'refunds', slice: null, severity: 'warning', finding: 'spike', explanation: null }),
    ...{ state: 'resolved', opened_at: minutesAgo(300), began_at: minutesAgo(310), resolved_at: minutesAgo(200) },
  })
  browser = await openBrowser(dashboard.url)
  owner = await browser.newPage()
  await logIn(owner, '/stores/main/incidents')
}, 120_000)
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

const base = '/stores/main'
const dialog = (page: Page) => page.getByRole('dialog')
const go = async (page: Page, path: string) => {
  await page.goto(path)
  await hydrated(page)
}
const as = async (who: typeof viewer, path: string) => {
  const page = await browser.newPage()
  await logIn(page, path, who)
  await hydrated(page)
  return page
}
const versions = (incident_id: string) => readTimeline(dashboard.warehouse, { store_id: 'main', incident_id })
const newest = async (id: string) => {
  const found = (await versions(id)).at(-1)
  if (!found) throw new Error(`There is no incident ${id}.`)
  return found
}
const post = async (page: Page, path: string, form: Record<string, string>) =>
  page.request.post(`${base}/${path}`, { form, headers: { origin: dashboard.url, accept: 'application/json' } })

test('what is open comes first, with what fell, what it costs and how many belong to it; the count is on every page', async () => {
  await go(owner, `${base}/incidents`)
  const first = owner.locator('[data-incident="douyin"]')
  const text = ((await first.textContent()) ?? '').replace(/\s+/g, ' ')
  for (const told of [
    '支付金额 · 抖音',
    '低于预期 42%',
    '未认领',
    '含 1 个相关事件',
    '至今少 ¥2,520',
    '每小时少 ¥5,040',
    '抖音 占 83%',
  ])
    expect(text).toContain(told)
  expect(
    await owner.locator('[data-incident]').evaluateAll((all) => all.map((one) => one.getAttribute('data-incident'))),
  ).toEqual(['douyin', 'over'])
  expect(await owner.getByRole('navigation', { name: '主导航' }).getByTitle('1 个进行中的事件').textContent()).toBe('1')
  await go(owner, `${base}/incidents?state=resolved`)
  expect(await owner.locator('[data-incident]').count()).toBe(1)
  await go(owner, `${base}/incidents?metric=visitors&state=open`)
  expect(await owner.locator('[data-incident]').evaluateAll((all) => all.map((one) => one.getAttribute('data-incident')))).toEqual(['member']) // biome-ignore format: one shape
  await go(owner, `${base}/incidents`)
  expect(await violations(owner)).toEqual([])
})

test('one incident is told with its series, causes, changes and whom it was told to', async () => {
  await go(owner, `${base}/incidents/douyin`)
  await owner.getByText('上线新版商品页').waitFor()
  const link = owner.getByRole('link', { name: '在概览中查看' })
  expect(await link.count()).toBe(1)
  expect(await link.getAttribute('href')).toContain('/stores/main/overview?channel=douyin&from=')
  await owner.getByText('把预算转到表现稳定的渠道。').waitFor()
  expect(await owner.locator('[data-transition="opened"] [data-delivery]').textContent()).toContain('值班群')
  await owner.locator('canvas').first().waitFor()
  expect(await violations(owner)).toEqual([])
})

test('who acknowledges is named, and who was told that it opened hears of it', async () => {
  await go(owner, `${base}/incidents`)
  await owner.getByRole('button', { name: '认领 支付金额 · 抖音' }).click()
  await owner.locator('[data-incident="douyin"]').getByText('owner@example.com 已认领').waitFor()
  const { value, transition, notify, actor } = await newest('douyin')
  expect([value.state, transition, notify, actor]).toEqual([
    'acknowledged',
    'acknowledged',
    ['group'],
    'owner@example.com',
  ])
})

test('comment, rating, silence and owner are kept, and told in the timeline', async () => {
  await go(owner, `${base}/incidents/douyin`)
  await owner.getByLabel('备注').fill('正在联系投放同事')
  await owner.getByRole('button', { name: '添加备注' }).click()
  await owner.locator('[data-transition="commented"]').getByText('正在联系投放同事').waitFor()
  await owner.getByRole('button', { name: '有用' }).click()
  await owner.locator('[data-transition="rated"]').waitFor()
  expect(await owner.getByRole('button', { name: '有用' }).getAttribute('aria-pressed')).toBe('true')
  await owner.getByRole('button', { name: '静默 4 小时' }).click()
  await owner.locator('[data-transition="silenced"]').waitFor()
  await owner.getByRole('button', { name: '由我负责' }).click()
  await owner.getByText('负责人 owner@example.com', { exact: true }).waitFor()
  const { value } = await newest('douyin')
  expect([value.feedback, value.owner, value.comments.map(({ text }) => text)]).toEqual([
    'useful',
    'owner@example.com',
    ['正在联系投放同事'],
  ])
  expect(Math.round((Date.parse(value.silenced_until ?? '') - Date.now()) / 3_600_000)).toBe(4)
})

test('who was overtaken is told by whom, and loses nothing; what the watch wrote is no conflict', async () => {
  const seen = (await newest('douyin')).version
  await insertIncident(dashboard, 'douyin', (await newest('douyin')).value, {
    read_version: seen,
    transition: 'updated',
  })
  const page = await as(operator, `${base}/incidents/douyin`)
  expect(
    (await post(page, 'incidents/douyin?/act', { do: 'own', owner: 'me', read_version: `${seen}` })).status(),
  ).toBe(200)
  const refused = await post(owner, 'incidents/douyin?/act', { do: 'own', owner: 'me', read_version: `${seen}` })
  expect(await refused.text()).toContain('op@example.com 刚刚把负责人改为op@example.com')
  const comment = await post(owner, 'incidents/douyin?/act', { do: 'comment', text: '我也在', read_version: `${seen}` })
  expect(await comment.text()).toContain('success')
  expect((await newest('douyin')).value.owner).toBe('op@example.com')
  await page.context().close()
})

test(
  'a viewer reads incidents and changes nothing',
  async () => {
    const page = await as(viewer, `${base}/incidents/douyin`)
    await page.getByText('上线新版商品页').waitFor()
    expect(await page.locator('main form').count()).toBe(0)
    for (const path of ['incidents', 'rules', 'silences', 'playbook']) {
      await go(page, `${base}/${path}`)
      expect(await page.locator('main form, main button.primary').count()).toBe(0)
    }
    expect((await page.request.get(`${base}/contact-points`)).status()).toBe(404)
    const refused = [
      ['incidents/douyin?/act', { do: 'acknowledge' }],
      ['rules?/save', { name: 'x' }],
      ['rules?/switch', { id: 'rule-gmv', enabled: 'no', read_version: '1' }],
      ['rules/backtest', { name: 'x' }],
      ['contact-points?/save', { name: 'x' }],
      ['contact-points?/test', { id: 'group' }],
      ['silences?/save', { reason: 'x' }],
      ['playbook?/save', { zh: 'x' }],
    ] as const
    for (const [path, form] of refused) {
      const answer = await post(page, path, form)
      expect([path, answer.status() === 403 || (await answer.text()).includes('403')]).toEqual([path, true])
    }
    browser.complaints.length = 0
    await page.context().close()
  },
  long,
)

test('a rule that makes no sense names the field; a good one is kept, switched, deleted and put back', async () => {
  await go(owner, `${base}/rules`)
  await owner.getByRole('button', { name: '新建规则' }).click()
  await dialog(owner).getByLabel('名称').fill('渠道占比')
  await dialog(owner).getByRole('button', { name: '回测' }).click()
  await dialog(owner).getByText('过去 28 天会有 0 次告警。').waitFor()
  await dialog(owner).getByText('占比', { exact: true }).click()
  await dialog(owner).getByLabel('占比高于（%）').fill('170')
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await dialog(owner).getByText('太大了。').waitFor()
  expect(await dialog(owner).getByLabel('占比高于（%）').getAttribute('aria-invalid')).toBe('true')
  await dialog(owner).getByLabel('占比高于（%）').fill('70')
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await dialog(owner).getByText('占比需要选一个维度。').waitFor()
  expect(await dialog(owner).getByLabel('分别看守').getAttribute('aria-invalid')).toBe('true')
  await dialog(owner).getByLabel('分别看守').selectOption('channel')
  expect(await violations(owner)).toEqual([])
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  const row = owner.locator('li', { hasText: '渠道占比' })
  await row.getByText('单个取值占比高于 70%').waitFor()
  await row.getByRole('switch').click()
  await row.getByText('已停用').waitFor()
  await owner.getByRole('button', { name: '删除 渠道占比' }).click()
  await row.waitFor({ state: 'detached' })
  await owner.getByRole('button', { name: '撤销' }).click()
  await row.waitFor()
  const rules = await readSettings(dashboard.warehouse, 'rule', { store_id: 'main' })
  expect(rules.find(({ value }) => value.name === '渠道占比')?.value).toMatchObject({
    ...{ by: 'channel', enabled: false, condition: { type: 'share', above: 0.7, for_points: 1 } },
  })
  expect(await violations(owner)).toEqual([])
})

test('a noisy rule proposes to be quieter, and that can be taken back', async () => {
  for (const id of ['n1', 'n2', 'n3']) {
    const over = { state: 'resolved', resolved_at: minutesAgo(90), feedback: 'noise' } as const
    await insertIncident(dashboard, id, {
      ...incidentOf({ opened_at: minutesAgo(100), began_at: minutesAgo(105) }),
      ...over,
    })
  }
  await go(owner, `${base}/rules`)
  await owner.getByRole('button', { name: '采用 支付金额骤降' }).click()
  await owner.getByText('已调低“支付金额骤降”的灵敏度').waitFor()
  const wanted = async () => {
    const [rule] = await readSettings(dashboard.warehouse, 'rule', { store_id: 'main', id: 'rule-gmv' })
    return rule?.value.condition
  }
  expect(await wanted()).toMatchObject({ wanted_per_week: 0.25 })
  await owner.getByRole('button', { name: '撤销' }).click()
  await expect.poll(wanted).toMatchObject({ wanted_per_week: 0.5 })
})

test(
  'the secret of a contact point never comes back, and stays when nothing is typed',
  async () => {
    const [token, secret] = ['abcdef0123456789abcdef', 'SEC-very-secret-0042']
    const bodies: Promise<string>[] = []
    const page = await browser.newPage()
    await logIn(page, `${base}/contact-points`)
    await hydrated(page)
    // What never finishes, as a stream of events or a page that is left, has no end to wait for.
    page.on('requestfinished', (request) => {
      const body = request.response().then((response) => response?.text() ?? '')
      bodies.push(body.catch(() => ''))
    })
    await page.getByRole('button', { name: '新建接收方' }).click()
    await dialog(page).getByLabel('名称').fill('运营群')
    await dialog(page).getByText('钉钉', { exact: true }).click()
    await dialog(page).getByLabel('地址').fill('oapi.dingtalk.com')
    await dialog(page).getByRole('button', { name: '保存' }).click()
    await dialog(page).getByText('请填以 https:// 开头的地址。').waitFor()
    await dialog(page).getByLabel('地址').fill(`https://oapi.dingtalk.com/robot/send?access_token=${token}`)
    await dialog(page).getByLabel('签名密钥').fill(secret)
    await dialog(page).getByRole('button', { name: '保存' }).click()
    await page.getByText('oapi.dingtalk.com …cdef').waitFor()
    await page.getByRole('button', { name: '编辑 运营群' }).click()
    expect(await dialog(page).getByLabel('地址').inputValue()).toBe('')
    expect(await violations(page)).toEqual([])
    await dialog(page).getByLabel('名称').fill('运营大群')
    await dialog(page).getByRole('button', { name: '保存' }).click()
    await page.getByText('运营大群').first().waitFor()
    const all = await readSettings(dashboard.warehouse, 'contact_point', { store_id: 'main' })
    const kept = all.find(({ value }) => value.name === '运营大群')?.value
    expect(kept && openAddress('dingtalk', kept.sealed, secretKey)).toEqual({
      url: `https://oapi.dingtalk.com/robot/send?access_token=${token}`,
      secret,
    })
    for (const path of ['contact-points', 'rules', 'settings/audit', 'incidents/douyin'])
      await go(page, `${base}/${path}`)
    const seen = [...(await Promise.all(bodies)), await page.content()].join('\n')
    expect(seen.length).toBeGreaterThan(10_000)
    for (const hidden of [token, secret, kept?.sealed ?? 'no address', '693a91f6']) expect(seen).not.toContain(hidden)
    await go(page, `${base}/contact-points`)
    expect(await violations(page)).toEqual([])
    await page.context().close()
  },
  long,
)

test('a silence has an end; ended now, it is over, and that can be taken back', async () => {
  await go(owner, `${base}/silences`)
  await owner.getByRole('button', { name: '新建静默' }).click()
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await dialog(owner).getByText('不能为空').first().waitFor()
  expect(await dialog(owner).getByLabel('原因').getAttribute('aria-invalid')).toBe('true')
  await dialog(owner).getByLabel('原因').fill('系统维护')
  await dialog(owner).getByText('只在每天的固定时段（免打扰）').click()
  expect(await violations(owner)).toEqual([])
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  const ending = owner.getByRole('button', { name: '立即结束 系统维护' })
  await ending.click()
  await ending.waitFor({ state: 'detached' })
  await owner.getByRole('button', { name: '撤销' }).click()
  await ending.waitFor()
  const [silence] = await readSettings(dashboard.warehouse, 'silence', { store_id: 'main' })
  expect(silence?.value).toMatchObject({
    reason: '系统维护',
    hours: { from: '22:00', to: '08:00', weekdays: [1, 2, 3, 4, 5, 6, 7] },
  })
  expect(await violations(owner)).toEqual([])
})

test('the shop writes its own playbook', async () => {
  await go(owner, `${base}/playbook`)
  await owner.getByRole('button', { name: '新建一条' }).click()
  await dialog(owner).getByLabel('中文').fill('先看投放后台')
  await dialog(owner).getByRole('button', { name: '保存' }).click()
  await owner.getByText('先看投放后台').first().waitFor()
  const [line] = await readSettings(dashboard.warehouse, 'playbook', { store_id: 'main' })
  expect(line?.value).toEqual({
    when: { direction: 'drop' },
    text: { zh: '先看投放后台', en: '先看投放后台' },
    place: 100,
  })
  expect(await violations(owner)).toEqual([])
})

test(
  'a link works without a login, only when its button is pressed, and once',
  async () => {
    await insertIncident(dashboard, 'linked', incidentOf({ slice: { dimension: 'channel', value: 'search' } }), {
      notify: ['group'],
    })
    const expires = Math.floor(Date.now() / 1000) + 3600
    const link = {
      store_id: 'main',
      incident_id: 'linked',
      contact_point_id: 'group',
      do: 'acknowledge',
      expires,
    } as const
    const token = linkToken(link, secretKey)
    const page = await browser.newPage()
    await go(page, `/incident-link/${token}`)
    await page.getByText('将以“值班群”的名义认领这个事件').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await versions('linked')).toHaveLength(1)
    await page.getByRole('button', { name: '认领' }).click()
    await page.getByText('已以“值班群”的名义认领。').waitFor()
    expect((await newest('linked')).value.acknowledged?.by).toBe('值班群')
    await go(page, `/incident-link/${token}`)
    await page.getByText('这个链接已经用过了。').waitFor()
    const again = await page.request.post(`/incident-link/${token}`, { form: {}, headers: { origin: dashboard.url } })
    expect(again.status()).toBe(409)
    expect(await versions('linked')).toHaveLength(2)
    for (const wrong of [
      linkToken({ ...link, expires: 1 }, secretKey),
      `${token}x`,
      linkToken(link, 'another key'),
      'x',
    ]) {
      await go(page, `/incident-link/${wrong}`)
      await page.getByRole('heading', { name: '链接无效' }).waitFor()
    }
    const picture = await page.request.get(
      `/incident-link/${linkToken({ ...link, do: 'picture' }, secretKey)}/picture.png`,
    )
    expect([picture.status(), picture.headers()['content-type']]).toEqual([200, 'image/png'])
    expect((await picture.body()).subarray(1, 4).toString()).toBe('PNG')
    expect((await page.request.get(`/incident-link/${token}/picture.png`)).status()).toBe(404)
    expect((await page.request.get(`${base}/incidents`, { maxRedirects: 0 })).status()).toBe(303)
    browser.complaints.length = 0
    await page.context().close()
  },
  long,
)

test(
  'an alarm that reached nobody is told on every page, with the way to mend it',
  async () => {
    const notification = { store_id: 'main', incident_id: 'douyin', incident_version: 1, contact_point_id: 'group' }
    const mark = {
      status: 'given_up',
      reached: 'group',
      attempts: 8,
      next_at: new Date(),
      error: 'HTTP 404',
      key: '',
    } as const
    await markNotifications(dashboard.warehouse, [{ notification: { ...notification, transition: 'opened' }, ...mark }])
    await expect
      .poll(
        async () => {
          await go(owner, `${base}/overview`)
          return owner.locator('[data-undelivered]').count()
        },
        { timeout: 40_000, interval: 2000 },
      )
      .toBe(1)
    const banner = owner.locator('[data-undelivered]')
    expect(await banner.textContent()).toContain('有告警没有送达：值班群。')
    expect(await banner.getByRole('link', { name: '修复接收方' }).getAttribute('href')).toBe(
      `${base}/contact-points#group`,
    )
    await go(owner, `${base}/contact-points`)
    await banner.waitFor()
    expect(await violations(owner)).toEqual([])
  },
  long,
)

test('the live page tells what is wrong, on the wall too', async () => {
  await go(owner, `${base}/live`)
  await owner.locator('[data-ticker]').getByText('支付金额 · 抖音').waitFor()
  await go(owner, `${base}/live?wall=1`)
  await owner.locator('[data-ticker]').getByText('支付金额 · 抖音').waitFor()
  expect(await violations(owner)).toEqual([])
})

test(
  'in English and in the dark it is as readable, on a phone too',
  async () => {
    const page = await browser.newPage({ locale: 'en', colorScheme: 'dark', viewport: { width: 390, height: 844 } })
    await logIn(page, `${base}/incidents`)
    for (const path of ['incidents', 'incidents/douyin', 'rules', 'contact-points', 'silences', 'playbook']) {
      await go(page, `${base}/${path}`)
      expect([path, await violations(page)]).toEqual([path, []])
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect([path, wider <= 0]).toEqual([path, true])
    }
    await page.context().close()
  },
  long,
)

test('the read API tells incidents of a period, as JSON and as CSV', async () => {
  const today = new Date()
  const [from, to] = [-2, 2].map((days) => new Date(+today + days * 86_400_000).toISOString().slice(0, 10))
  const ask = (query: string, accept = 'application/json') =>
    fetch(`${dashboard.url}/api/v1/incidents?store_id=main&from=${from}&to=${to}${query}`, {
      headers: { authorization: `Bearer ${readKey}`, accept },
    })
  const answer = await ask('&metric=paid_gmv&state=acknowledged')
  expect(answer.status).toBe(200)
  const { results } = await answer.json()
  expect(results.find((one: { incident_id: string }) => one.incident_id === 'douyin')).toMatchObject({
    ...{ rule_id: 'rule-gmv', dimension: 'channel', value: 'douyin', money_lost: 2520, money_lost_per_hour: 5040 },
    ...{ cause: 'channel=douyin', cause_share: 0.83, acknowledged_by: 'owner@example.com', feedback: 'useful' },
  })
  expect(results.every((one: { state: string }) => one.state === 'acknowledged')).toBe(true)
  const csv = await (await ask('', 'text/csv')).text()
  expect(csv.split('\r\n')[0]).toContain('incident_id,version,rule_id,rule,metric')
  expect((await ask('&state=broken')).status).toBe(400)
})

test('no page complained', () => {
  expect(browser.complaints).toEqual([])
})
