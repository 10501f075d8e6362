import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { keys, temporaryDirectory, until } from '../testing.ts'
import { buildPackage } from './serving/build-package.ts'
import { openTestShop, type TestShop } from './testing/open-shop.ts'

const tsc = join(import.meta.dirname, '../../node_modules/.bin/tsc')

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
afterEach(() => shop.clear())

test('a page view comes with its campaign, where it came from, and what it is, and the order of a purchase is made', async () => {
  const page = await shop.open({ locale: 'zh-CN' })
  await page.addInitScript(() => {
    window.guanlan = { q: [] as never }
    window.guanlan.q?.push(['page', { page_type: 'product' }])
    window.guanlan.q?.push([
      'purchase',
      { transaction_id: 'o-1', currency: 'CNY', value: 198, items: [{ item_id: 'sku-1', price: 99, quantity: 2 }] },
    ])
  })
  const address = `${shop.shop}/p/1?utm_source=weibo&utm_medium=social&utm_campaign=double11&gclid=secret-click`
  await page.goto(address, { referer: 'https://www.baidu.com/s' })
  const [view] = await shop.sent(2)
  // Text: no browser asks first whether it may.
  const asked = shop.requests
    .filter(({ path }) => path === '/v1/batch')
    .map(({ method, contentType }) => [method, contentType])
  expect(asked).toEqual([['POST', 'text/plain;charset=UTF-8']])
  const rows = await shop.ingest.ask<Record<string, unknown>>(
    `SELECT name, message_id, path, url, title, referrer, page_type, channel, source, medium, campaign, protocol, language, bot_reasons,
       visitor_id != '' AND session_id != '' AS known, order_id, sku, toString(value) AS value, currency
     FROM events WHERE message_id IN (${shop.messages().map(({ messageId }) => `'${messageId}'`)}) ORDER BY name`,
  )
  const same = {
    path: '/p/1',
    url: `${shop.shop}/p/1?utm_source=weibo&utm_medium=social&utm_campaign=double11&gclid`,
    title: 'Shop /p/1',
    referrer: 'https://www.baidu.com/s',
    page_type: 'product',
    channel: 'weibo',
    source: 'weibo',
    medium: 'social',
    campaign: 'double11',
    protocol: 'tracker',
    language: 'zh-CN',
    bot_reasons: ['user_agent', 'webdriver'],
    known: 1,
  }
  expect(rows).toEqual([
    { name: 'page_view', message_id: view?.messageId, ...same, order_id: '', sku: '', value: '0', currency: '' },
    {
      name: 'purchase',
      message_id: shop.messages('purchase')[0]?.messageId,
      ...same,
      ...{ order_id: 'o-1', sku: 'sku-1', value: '198', currency: 'CNY' },
    },
  ])
  const orders = await shop.ingest.ask(
    `SELECT order_id, toString(gross) AS gross, campaign FROM orders WHERE source = 'event'`,
  )
  expect(orders).toEqual([{ order_id: 'o-1', gross: '198', campaign: 'double11' }])
})

test('navigation within a page is a page view with the page before as its referrer', async () => {
  const page = await shop.open()
  await page.goto(`${shop.shop}/`)
  await shop.sent(1, 'page')
  await page.evaluate(() => {
    history.pushState({}, '', '/p/1?color=red')
    document.title = 'Cup'
    history.replaceState({ scroll: 5 }, '')
  })
  await shop.sent(2, 'page')
  await page.evaluate(() => history.pushState({}, '', '#top'))
  await page.evaluate(() => history.pushState({}, '', '#/cart?step=1'))
  await shop.sent(3, 'page')
  await page.goBack()
  await shop.sent(4, 'page')
  const views = shop.messages('page').map(({ context: { page: at } }) => [at.path, at.title, at.referrer])
  expect(views).toEqual([
    ['/', 'Shop /', ''],
    ['/p/1', 'Cup', `${shop.shop}/`],
    ['/cart', 'Cup', `${shop.shop}/p/1?color=red`],
    ['/p/1', 'Cup', `${shop.shop}/p/1?color=red#/cart?step=1`],
  ])
  expect(new Set(shop.messages().map(({ messageId }) => messageId)).size).toBe(shop.messages().length)
})

test('a click asks for an event by attributes, and one on a link that leads away is told before the page goes', async () => {
  shop.content = `<button data-event="add_to_wishlist" data-event-sku="sku-1" data-event-list-name="new"><b>♥</b></button>
    <a id="in" href="/next">in</a> <a id="out" href="http://elsewhere.example/path?x=1"><i>out</i></a>`
  const page = await shop.open()
  await page.route('http://elsewhere.example/**', (route) => route.fulfill({ body: 'elsewhere' }))
  await page.goto(shop.shop)
  await shop.sent(1, 'page')
  await page.click('b')
  await page.click('#in')
  await page.waitForURL('**/next')
  await page.click('#out i')
  await page.waitForURL('http://elsewhere.example/**')
  await shop.sent(1, 'click')
  expect(shop.messages('add_to_wishlist')[0]?.properties).toEqual({ sku: 'sku-1', list_name: 'new' })
  expect(shop.messages('click').map(({ properties }) => properties)).toEqual([
    { link_url: 'http://elsewhere.example/path?x=1', link_domain: 'elsewhere.example', outbound: true },
  ])
})

test('a page that comes back from the back-forward cache is a page view of its own', async () => {
  const page = await shop.open()
  await page.goto(`${shop.shop}/list`)
  await shop.sent(1, 'page')
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => window.guanlan?.track?.('shown', { persisted })),
  )
  await page.goto(`${shop.shop}/product`)
  await shop.sent(2, 'page')
  // Playwright would wait for a load that never comes.
  await page.evaluate(() => setTimeout(() => history.back()))
  await shop.sent(3, 'page')
  await shop.sent(1, 'shown')
  expect(shop.messages('shown').map(({ properties }) => properties)).toEqual([{ persisted: true }])
  const views = shop.messages('page')
  expect(views.map(({ context }) => context.page.path)).toEqual(['/list', '/product', '/list'])
  expect(new Set(views.map(({ messageId }) => messageId)).size).toBe(3)
})

test('a page that is prepared is viewed when it is shown, and a tag that stands there twice is one', async () => {
  const page = await shop.open()
  shop.content = `<script defer src="${shop.host}/g.js" data-key="${keys.write}"></script>`
  await page.addInitScript(() => Object.defineProperty(document, 'prerendering', { value: true, configurable: true }))
  await page.goto(shop.shop)
  await sleep(1000)
  expect(shop.messages()).toEqual([])
  await page.evaluate(() => {
    Object.defineProperty(document, 'prerendering', { value: false })
    document.dispatchEvent(new Event('prerenderingchange'))
  })
  await shop.sent(1, 'page')
  await page.evaluate(() => window.guanlan?.track?.('later'))
  await shop.sent(1, 'later')
  expect(shop.names().filter((name) => name !== 'web_vitals')).toEqual(['page', 'later'])
})

test('load times come once a page view, with its id, from a second file', async () => {
  shop.content = '<h1>A heading that is painted</h1>'
  const page = await shop.open()
  await page.goto(`${shop.shop}/slow`)
  await shop.sent(1, 'page')
  await until('the second file is there', () =>
    shop.requests.some(({ path }) => /^\/g\/vitals@[0-9a-f]{12}\.js$/.test(path)),
  )
  await page.waitForLoadState('networkidle')
  await page.click('h1')
  await page.goto('about:blank')
  await shop.sent(1, 'web_vitals')
  const told = shop.messages('web_vitals')
  expect(told.map(({ properties }) => properties)).toEqual([
    {
      ...{
        lcp: expect.any(Number),
        fcp: expect.any(Number),
        ttfb: expect.any(Number),
        cls: 0,
        load: expect.any(Number),
      },
      ...{ inp: expect.any(Number), view_id: shop.messages('page')[0]?.messageId, slow: false },
    },
  ])
  expect(told[0]?.context.page.path).toBe('/slow')
})

test('the package is the same tracker, bundled by the shop and typed', async () => {
  const folder = await temporaryDirectory()
  const out = join(folder, 'node_modules/@guanlan/tracker')
  await buildPackage(out)
  const source = `import { start } from '@guanlan/tracker'
const guanlan = start({ key: '${keys.write}', host: '${shop.host}', heatmap: false })
guanlan.purchase({ transaction_id: 'o-2', currency: 'CNY', value: 5, items: [{ item_id: 'sku-1' }] })
// @ts-expect-error: an order has an id
export const wrong = () => guanlan.purchase({ value: 5 })
`
  await writeFile(join(folder, 'app.ts'), source)
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', types: [], lib: ['esnext', 'dom'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }))
  const checked = await promisify(execFile)(tsc, ['-p', folder]).catch((error: { stdout: string }) => error)
  expect(checked.stdout).toBe('')

  const app = await rolldown({ input: join(folder, 'app.ts'), cwd: folder, tsconfig: false })
  const { output } = await app.generate({ format: 'es' })
  for (const file of output) shop.scripts[`/${file.fileName}`] = file.type === 'chunk' ? file.code : ''
  shop.tag = undefined
  shop.content = '<h1>A heading</h1><script type="module" src="/app.js"></script>'
  const policy = `default-src 'none'; script-src 'self'; connect-src ${shop.host}`
  shop.headers = { 'content-security-policy': policy }
  const page = await shop.open()
  await page.goto(shop.shop)
  await shop.sent(2)
  expect(shop.names()).toEqual(['page', 'purchase'])
  await page.waitForLoadState('networkidle')
  await page.goto('about:blank')
  expect((await shop.sent(1, 'web_vitals'))[0]?.properties?.view_id).toBe(shop.messages('page')[0]?.messageId)
  expect(shop.requests.filter(({ method }) => method === 'GET')).toEqual([])
  await rm(folder, { recursive: true, force: true })
})
