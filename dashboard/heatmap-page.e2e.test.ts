import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertStore } from './testing/insert-facts.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
let session: NonNullable<BrowserContextOptions['storageState']>

const version = 'a'.repeat(16)
const now = () => new Date().toISOString().replace('T', ' ').slice(0, 23)
const widths = [
  { width_class: 'phone', width: 390, height: 844 },
  { width_class: 'tablet', width: 820, height: 1180 },
  { width_class: 'laptop', width: 1280, height: 800 },
  { width_class: 'wide', width: 1600, height: 900 },
] as const

/** A small shop's page that lays itself out anew at each width. */
const shop = `<!doctype html><html><head><meta name="viewport" content="width=device-width"><title>茶</title><style>
  * { box-sizing: border-box } body { margin: 0; font: 16px/1.5 sans-serif; color: #222 }
  header { position: sticky; top: 0; display: flex; gap: 16px; padding: 12px 16px; background: #0b6586; color: #fff; z-index: 2 }
  header a { color: #fff } .hero { height: 60vh; display: grid; place-items: center; background: #e3f1f6; font-size: 28px }
  .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 12px; padding: 16px }
  .card { display: block; height: 220px; padding: 12px; background: #f1f3f6; border-radius: 8px; color: inherit }
  .text { padding: 16px; columns: 280px } .buy { position: fixed; right: 16px; bottom: 16px; padding: 12px 20px; border: 0; background: #c8631b; color: #fff; font-size: 16px }
  dialog { width: 300px; padding: 20px; border: 1px solid #ccc } .drawer { position: fixed; inset: 0 auto 0 0; width: 220px; padding: 20px; background: #fff; transform: translateX(-100%); visibility: hidden }
  .wide { display: none } @media (min-width: 1000px) { .wide { display: block } }
</style></head><body>
  <header><b>观澜茶</b><a id="home" href="/">首页</a><a class="wide" href="/sale">大促</a></header>
  <main>
    <section data-module="hero" class="hero"><a id="hero" href="/sale">双十一 全场五折</a></section>
    <section data-module="new" class="cards">${[...Array(12).keys()].map((at) => `<a class="card" href="/p/${at}">好茶 ${at + 1} 号</a>`).join('')}</section>
    <section id="story" class="text">${'一片叶子落进水里，改变了水的味道，从此有了茶。'.repeat(60)}</section>
    <shop-box></shop-box>
  </main>
  <button class="buy">加入购物车</button>
  <dialog id="cart"><p>购物车里有两件</p><button id="pay">去结算</button></dialog>
  <nav class="drawer" id="menu" aria-hidden="true"><a id="tea" href="/tea">绿茶</a></nav>
  <script>
    document.querySelector('shop-box').attachShadow({ mode: 'open' }).innerHTML = '<div><button class="ask" style="width:140px;height:48px">问问客服</button></div>'
  </script>
</body></html>`

/** What is clicked, where in its box, how often; and in which state. */
const clicked = [
  ['#hero', '', 0.5, 0.5, 40],
  ['main>section:nth-of-type(2)>a:nth-of-type(3)', '', 0.25, 0.75, 30],
  ['main>section:nth-of-type(2)>a:nth-of-type(12)', '', 0.9, 0.1, 12],
  ['button.buy', '', 0.5, 0.5, 25],
  ['#home', '', 0.5, 0.5, 8],
  ['shop-box >>> :host>div>button.ask', '', 0.2, 0.5, 6],
  ['#pay', 'dialog:#cart', 0.5, 0.5, 9],
  ['#tea', 'menu:#menu', 0.5, 0.5, 7],
  ['#gone', '', 0.5, 0.5, 3],
] as const

async function copies() {
  const page = await browser.newPage()
  const rrweb = new URL('./node_modules/rrweb-snapshot/dist/rrweb-snapshot.umd.cjs', import.meta.url)
  const made = []
  for (const size of widths) {
    await page.setViewportSize(size)
    await page.setContent(shop)
    await page.evaluate(await readFile(rrweb, 'utf8'))
    const { node, page_height } = await page.evaluate(() => {
      const { snapshot } = (globalThis as unknown as { rrwebSnapshot: typeof import('rrweb-snapshot') }).rrwebSnapshot
      return { node: snapshot(document) as unknown as Tree, page_height: document.documentElement.scrollHeight }
    })
    made.push({ ...size, node, page_height })
  }
  await page.context().close()
  return made
}
interface Tree {
  type: number
  tagName?: string
  childNodes?: Tree[]
  id?: number
  attributes?: object
  textContent?: string
}

/** What no copy should hold, for ingest takes it out: here it is, all the same. */
function poison(node: Tree): Tree {
  const body = (node.childNodes?.find(({ tagName }) => tagName === 'html')?.childNodes ?? []).find(
    ({ tagName }) => tagName === 'body',
  )
  const element = (id: number, tagName: string, attributes: object, text = '') => ({ type: 2, id, tagName, attributes, childNodes: text ? [{ type: 3, id: id + 500, textContent: text }] : [] }) // biome-ignore format: one line
  body?.childNodes?.push(
    element(90001, 'script', {}, 'parent.hacked = top.hacked = true'),
    element(90002, 'img', { src: 'https://evil.example/a.png', onerror: 'parent.hacked = true' }),
    element(90003, 'iframe', { src: 'https://evil.example/frame' }),
    element(90004, 'link', { rel: 'stylesheet', href: 'https://evil.example/a.css' }),
    element(
      90005,
      'style',
      {},
      'body { background: url(https://evil.example/b.png) } @import "https://evil.example/c.css";',
    ),
    element(90006, 'meta', { 'http-equiv': 'refresh', content: '0;url=https://evil.example/' }),
    element(90007, 'svg', { onload: 'parent.hacked = true' }),
    ...['body', 'defaultView', 'documentElement', 'head'].map((name, at) => element(90008 + at, 'img', { name })),
  )
  return node
}

async function fill() {
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  const at = now()
  const made = await copies()
  const insert = (table: string, values: object[]) => dashboard.warehouse.insert({ table, values, format: 'JSONEachRow' }) // biome-ignore format: one line
  const place = { store_id: 'main', path: '/', version, title: '茶' }
  await insert('page_snapshots', made.map(({ node: _, ...size }) => ({ ...place, ...size, taken_at: at, content_hash: size.width_class }))) // biome-ignore format: one line
  await insert(
    'snapshot_contents',
    made.map(({ node, width_class, width, height }) => ({
      ...{ store_id: 'main', content_hash: width_class, seen_at: at },
      content: JSON.stringify({ node: width_class === 'phone' ? poison(node) : node, width, height }),
    })),
  )
  const views = widths.flatMap(({ width_class, width, height }) =>
    [...Array(20).keys()].map((view) => ({
      ...{
        ...place,
        view_id: randomUUID(),
        started_at: at,
        received_at: at,
        seq: 1,
        visitor_id: `${width_class}-${view}`,
      },
      ...{ width_class, width, height, page_height: 3000, reach: view < 10 ? 49 : 19, attention: [3000, 1000, 500] },
    })),
  )
  await insert('page_readings', views)
  await insert(
    'page_clicks',
    widths.flatMap(({ width_class }) => {
      const [view] = views.filter((each) => each.width_class === width_class)
      let n = 0
      return clicked.flatMap(([selector, state, x, y, times]) =>
        [...Array(times).keys()].map(() => ({
          ...{
            ...place,
            view_id: view?.view_id,
            visitor_id: view?.visitor_id,
            n: ++n,
            occurred_at: at,
            received_at: at,
          },
          ...{ width_class, selector, state, x, y, is_fixed: selector === 'button.buy', text: `文字 ${selector}`, module: selector === '#hero' ? 'hero' : 'new' }, // biome-ignore format: one line
        })),
      )
    }),
  )
  await insert(
    'module_readings',
    views.flatMap(({ view_id, visitor_id, width_class }) =>
      ['hero', 'new', '#story', 'slot 2'].map((module, position) => ({
        ...{
          ...place,
          view_id,
          visitor_id,
          width_class,
          module: module === 'slot 2' ? 'new' : module,
          slot: module === 'slot 2' ? 2 : 0,
          seq: 1,
          started_at: at,
          received_at: at,
        },
        ...{
          position: position + 1,
          top: position / 2,
          bottom: position / 2 + 0.3,
          exposures: 1,
          visible_ms: 2000,
          clicks: 1,
        },
      })),
    ),
  )
}

beforeAll(async () => {
  dashboard = await startDashboard({ STORE_ID: 'empty' })
  await insertStore(dashboard, 'empty')
  browser = await openBrowser(dashboard.url)
  await fill()
  const page = await browser.newPage()
  await logIn(page, '/stores/empty/definitions')
  session = await page.context().storageState()
  await page.context().close()
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

const newPage = (options: BrowserContextOptions = {}) =>
  browser.newPage({ storageState: session, viewport: { width: 1440, height: 900 }, ...options })
type Page = Awaited<ReturnType<typeof newPage>>

/** Keeps what was drawn last where the test can read it. */
async function open(page: Page, search: string) {
  await page.addInitScript(() => {
    addEventListener('heatmap-drawn', (event) => {
      const { points } = (event as CustomEvent).detail
      ;(globalThis as unknown as { drawn: unknown }).drawn = points
    })
  })
  await page.goto(`/stores/main/heatmaps/page?path=/&${search}`)
  await hydrated(page)
  await page.waitForSelector('[data-stands=true] canvas')
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]') && 'drawn' in globalThis)
}
interface Drawn {
  selector: string
  state: string
  x: number
  y: number
  clicks: number
}
const drawn = (page: Page) => page.evaluate(() => (globalThis as unknown as { drawn: Drawn[] }).drawn)

/** Where the page itself, at the visitor's own width, has that part of that element. */
async function truth(size: (typeof widths)[number], scroll = 0) {
  const page = await browser.newPage({ viewport: size })
  await page.setContent(shop)
  await page.evaluate((top) => scrollTo(0, top), scroll)
  const found = await page.evaluate((all) => {
    const at = (selector: string) => {
      const [outer = '', inner] = selector.split(' >>> ')
      const element = document.querySelector(outer)
      return inner ? element?.shadowRoot?.querySelector('button.ask') : element
    }
    return all
      .filter(([selector, state]) => state === '' && selector !== '#gone')
      .map(([selector, , x, y, clicks]) => {
        const box = at(selector)?.getBoundingClientRect() ?? new DOMRect()
        return { selector, clicks, x: box.left + x * box.width, y: box.top + y * box.height }
      })
  }, clicked)
  await page.context().close()
  return found
}

for (const size of widths)
  test(`clicks are drawn where the ${size.width_class} had its elements`, async () => {
    const page = await newPage()
    await open(page, `width_class=${size.width_class}`)
    for (const scroll of [0, 400]) {
      if (scroll > 0) {
        await page.locator('.pane').hover()
        const scale = await page.evaluate((width) => (document.querySelector('.stage')?.clientWidth ?? 0) / width, size.width) // biome-ignore format: one line
        await page.locator('.pane').evaluate((pane, top) => pane.scrollTo(0, top), scroll * scale)
        await page.waitForTimeout(300)
      }
      const top = await page.evaluate(() => document.querySelector('iframe')?.contentWindow?.scrollY ?? 0)
      const [points, expected] = [await drawn(page), await truth(size, top)]
      if (scroll > 0) expect(top).toBeGreaterThan(200)
      expect(points.map(({ selector }) => selector).sort()).toEqual(expected.map(({ selector }) => selector).sort())
      for (const { selector, x, y, clicks } of expected) {
        const point = points.find((each) => each.selector === selector)
        expect(point?.clicks, selector).toBe(clicks)
        expect(Math.hypot((point?.x ?? 0) - x, (point?.y ?? 0) - y), `${selector} at ${scroll}`).toBeLessThan(4)
      }
    }
    expect(await page.getAttribute('[data-missing]', 'data-missing')).toBe('3')
    await page.context().close()
  })

test('what lay over the page is opened, and what lies in it is drawn there', async () => {
  const page = await newPage()
  await open(page, 'width_class=laptop')
  for (const [state, selector, clicks] of [
    ['dialog:#cart', '#pay', 9],
    ['menu:#menu', '#tea', 7],
  ] as const) {
    await page
      .getByRole('navigation', { name: '页面状态' })
      .getByRole('link', { name: state.split(':')[1] ?? '' })
      .click()
    await page.waitForFunction((wanted) => (globalThis as unknown as { drawn: Drawn[] }).drawn.some((point) => point.state === wanted), state) // biome-ignore format: one line
    const points = await drawn(page)
    expect(points.map((point) => [point.selector, point.clicks])).toEqual([[selector, clicks]])
    const at = await page.evaluate((wanted) => {
      const element = document.querySelector('iframe')?.contentDocument?.querySelector(wanted)
      const box = element?.getBoundingClientRect() ?? new DOMRect()
      const seen = element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      return {
        x: box.left + box.width / 2,
        y: box.top + box.height / 2,
        seen,
        modal: element?.closest('dialog')?.matches(':modal'),
      }
    }, selector)
    expect(Math.hypot((points[0]?.x ?? 0) - at.x, (points[0]?.y ?? 0) - at.y)).toBeLessThan(1)
    expect([at.seen, at.modal]).toEqual([true, state.startsWith('dialog') ? true : undefined])
    expect(at.x).toBeGreaterThan(0)
  }
  // The dialog stands in the middle of the viewport, as a modal does.
  await page.getByRole('navigation', { name: '页面状态' }).getByRole('link', { name: '#cart' }).click()
  await page.waitForFunction(() => document.querySelector('iframe')?.contentDocument?.querySelector('dialog[open]'))
  const middle = await page.evaluate(() => {
    const box = document.querySelector('iframe')?.contentDocument?.querySelector('dialog')?.getBoundingClientRect()
    return box && [box.left + box.width / 2, box.top + box.height / 2].map(Math.round)
  })
  expect(middle).toEqual([640, 400])
  await page.getByRole('navigation', { name: '页面状态' }).getByRole('link', { name: '页面本身' }).click()
  await page.waitForFunction(() => (globalThis as unknown as { drawn: Drawn[] }).drawn.some(({ selector }) => selector === '#hero')) // biome-ignore format: one line
  const left = await page.evaluate(() => {
    const frame = document.querySelector('iframe')?.contentDocument
    return [frame?.querySelector('dialog')?.open, frame?.querySelector<HTMLElement>('#menu')?.style.length]
  })
  expect(left).toEqual([false, 0])
  await page.context().close()
})

test('nothing of a copy runs, reaches the network, or can be walked into', async () => {
  const page = await newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await open(page, 'width_class=phone')
  await page.waitForTimeout(500)
  expect(asked.filter((url) => !url.startsWith(dashboard.url) && !url.startsWith('data:'))).toEqual([])
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)
  const frame = await page.evaluate(() => {
    const inside = document.querySelector('iframe')?.contentDocument
    // Even what is put in afterwards does not run.
    const script = inside?.createElement('script')
    if (inside && script) {
      script.textContent = 'parent.hacked = true'
      inside.body.append(script)
    }
    return { hacked: 'hacked' in globalThis, url: inside?.location.pathname, kept: inside?.querySelectorAll('meta, iframe[src], link').length } // biome-ignore format: one line
  })
  expect(frame).toEqual({ hacked: false, url: '/stores/main/heatmaps/frame', kept: 0 })
  const headers = (await page.request.get('/stores/main/heatmaps/frame')).headers()
  expect(headers['content-security-policy']).toContain('sandbox allow-same-origin')
  expect(headers['content-security-policy']).not.toContain('allow-scripts')
  // A page without a doctype is laid out by the rules of old.
  expect(await (await page.request.get('/stores/main/heatmaps/frame?quirks')).text()).toMatch(/^<html>/)
  expect((await page.request.get('/stores/main/overview')).headers()['x-frame-options']).toBe('DENY')
  await page.context().close()
})

test('an element tells what followed its clicks, by pointer and by keyboard; a page without a copy says when it comes', async () => {
  const page = await newPage()
  await open(page, 'width_class=laptop')
  const stage = page.locator('.pane')
  const scale = await page.evaluate(() => (document.querySelector('.stage')?.clientWidth ?? 0) / 1280)
  const hero = (await drawn(page)).find(({ selector }) => selector === '#hero')
  await stage.hover({ position: { x: (hero?.x ?? 0) * scale, y: (hero?.y ?? 0) * scale } })
  await page.locator('[data-card="#hero"]').waitFor()
  expect(await page.locator('[data-card="#hero"] a').getAttribute('href')).toMatch(
    /\/stores\/main\/funnel\?.*step=%24click/,
  )
  await page.locator('[data-element="button.buy"] button').focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-card="button.buy"]').waitFor()
  expect(await page.locator('.chosen[data-box]').count()).toBe(1)
  await page.getByRole('link', { name: '模块', exact: true }).first().click()
  await page.waitForSelector('[data-box="module hero"]')
  await page.goto('/stores/main/heatmaps/page?path=/nowhere')
  await page.locator('[data-empty]').waitFor()
  await page.context().close()
})

for (const [width, height, scheme] of [
  [1440, 900, 'light'],
  [390, 844, 'dark'],
] as const)
  test(`the page can be read and worked at ${width} px, ${scheme}`, async () => {
    const page = await newPage({ viewport: { width, height }, colorScheme: scheme })
    await open(page, 'width_class=phone')
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await page.context().close()
  })

test('modules lie over the page by name or by selector, with their slots beside; what is compared stands beside on one scale', async () => {
  const page = await newPage()
  await page.goto('/stores/main/heatmaps/page?path=/&width_class=laptop&mode=modules&by=slot')
  await hydrated(page)
  await page.waitForSelector('[data-box="module #story"]', { state: 'attached' })
  const texts = await page.locator('[data-box]').evaluateAll((all) => all.map((box) => box.getAttribute('data-box')))
  expect(texts.sort()).toEqual(['module #story', 'module hero', 'module new', 'slot 2 new'])
  const card = await page.evaluate(() => {
    const inside = document.querySelector('iframe')?.contentDocument
    const box = document.querySelector('[data-box="slot 2 new"]')?.getBoundingClientRect() ?? new DOMRect()
    const stage = document.querySelector('.stage')?.getBoundingClientRect() ?? new DOMRect()
    const scale = stage.width / 1280
    const wanted = inside?.querySelectorAll('.card')[1]?.getBoundingClientRect() ?? new DOMRect()
    return [(box.left - stage.left) / scale - wanted.left, (box.top - stage.top) / scale - wanted.top].map(Math.abs)
  })
  expect(Math.max(...card)).toBeLessThan(2)
  // 40 of 140 clicks of that width are in it.
  expect(await page.locator('[data-box="module hero"]').textContent()).toContain('28.6%')
  await page.getByRole('row', { name: /第 2 个/ }).waitFor()
  await page.goto('/stores/main/heatmaps/page?path=/&width_class=laptop&compare=previous')
  await hydrated(page)
  await page.waitForFunction(() => document.querySelectorAll('[data-stands=true] canvas').length === 2)
  await page.getByRole('link', { name: '差异' }).click()
  await page.getByText('每次浏览的点击密度').waitFor()
  await page.goto(
    `/stores/main/heatmaps/page?path=/&width_class=laptop&version=${version}&compare_version=${'b'.repeat(16)}`,
  )
  await hydrated(page)
  await page.waitForSelector('[data-no-copy]')
  await page.waitForSelector('[data-stands=true] canvas')
  await page.context().close()
})

test('the browser has nothing to complain about', () => {
  // But for the script that a test put into the frame.
  expect(browser.complaints).toEqual([expect.stringContaining('Blocked script execution')])
})
