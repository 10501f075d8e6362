/// <reference lib="dom" />
import { setTimeout as sleep } from 'node:timers/promises'
import { serveStorefront } from '@guanlan/demo/storefront'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Product, startProduct } from '../product.ts'
import { readApi } from '../read-api.ts'
import { until } from '../until.ts'

const userAgent = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'
// For the whole browser: what a context is told does not reach the beacon of a page that goes.
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', `--user-agent=${userAgent}`] // biome-ignore format: a list

const screens = [
  { width_class: 'phone', width: 390, height: 844 },
  { width_class: 'tablet', width: 820, height: 1180 },
  { width_class: 'laptop', width: 1280, height: 720 },
  { width_class: 'wide', width: 1600, height: 900 },
] as const

/** What is clicked, where in it, and what is pressed before so that it can be. */
interface Target {
  selector: string
  x: number
  y: number
  module: string
  slot: number
  state?: string
  /** Closes what lies over the page afterwards. */
  after?: string
}

const card = (module: string, slot: number, part: 'img' | 'b', x: number, y: number): Target => ({
  ...{ module, slot, x, y },
  selector: `[data-module="${module}"]>ul>li:nth-of-type(${slot})>a>${part}`,
})

/** In the order in which they are clicked, at each width. */
const targets: Target[] = [
  { selector: '#logo', x: 0.5, y: 0.5, module: 'header', slot: 0 },
  { selector: '#to-cart', x: 0.3, y: 0.4, module: 'header', slot: 0 },
  { selector: '#open-menu', x: 0.7, y: 0.5, module: 'header', slot: 0 },
  { selector: '#menu>ul>li:nth-of-type(3)>a', x: 0.2, y: 0.6, module: 'header', slot: 3, state: 'menu:#menu' },
  { selector: '#menu>ul>li:nth-of-type(10)>a', x: 0.8, y: 0.3, module: 'header', slot: 10, state: 'menu:#menu' },
  { selector: '#open-menu', x: 0.25, y: 0.3, module: 'header', slot: 0 },
  { selector: '#track>a:nth-of-type(1)>img', x: 0.1, y: 0.2, module: 'hero', slot: 1 },
  {
    selector: '[data-module="hero"]>div:nth-of-type(2)>button:nth-of-type(2)',
    x: 0.5,
    y: 0.5,
    module: 'hero',
    slot: 0,
  },
  { selector: '#track>a:nth-of-type(2)>img', x: 0.3, y: 0.3, module: 'hero', slot: 2 },
  { selector: '#draw', x: 0.9, y: 0.2, module: 'lucky-draw', slot: 0 },
  { selector: '#prize', x: 0.1, y: 0.5, module: 'lucky-draw', slot: 0 },
  card('flash-sale', 1, 'img', 0.05, 0.05),
  card('flash-sale', 2, 'b', 0.5, 0.5),
  card('flash-sale', 4, 'img', 0.95, 0.9),
  card('new-arrivals', 1, 'img', 0.33, 0.66),
  card('new-arrivals', 5, 'b', 0.2, 0.5),
  card('new-arrivals', 8, 'img', 0.5, 0.1),
  { selector: '[data-module="brand-story"]>img', x: 0.6, y: 0.4, module: 'brand-story', slot: 0 },
  card('for-you', 1, 'img', 0.4, 0.8),
  card('for-you', 7, 'b', 0.6, 0.5),
  card('for-you', 12, 'img', 0.2, 0.2),
  { selector: '[data-module="reviews"]>ul>li:nth-of-type(2)', x: 0.3, y: 0.5, module: 'reviews', slot: 0 },
  { selector: '[data-module="footer"]>div>ul>li:nth-of-type(3)>a', x: 0.5, y: 0.5, module: 'footer', slot: 3 },
  { selector: '#coupon-button', x: 0.4, y: 0.6, module: '', slot: 0 },
  { selector: '#coupon>button', x: 0.5, y: 0.7, module: '', slot: 0, state: 'dialog:#coupon' },
]

let product: Product
let browser: Browser
let shop: Awaited<ReturnType<typeof serveStorefront>>
let people: BrowserContext
beforeAll(async () => {
  product = await startProduct({ DEMO_DAYS: '14', DEMO_PORT: '1' }, [])
  const tracker = { src: `${product.ingest}/g.js`, 'data-key': product.keys.write, 'data-vitals': 'off' }
  shop = await serveStorefront({ host: '127.0.0.1', port: 0, tracker })
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args })
  people = await browser.newContext({ baseURL: product.dashboard, viewport: { width: 1440, height: 1000 } })
  // Read by who asks: the dashboard tells where it has drawn.
  await people.addInitScript(() => {
    addEventListener(
      'heatmap-drawn',
      (event) => Object.assign(window, { drawn: (event as CustomEvent).detail.points }),
      true,
    )
  })
  const page = await people.newPage()
  await page.goto('/login')
  await page.waitForSelector('html[data-hydrated]')
  await page.fill('input[name=email]', product.admin.email)
  await page.fill('input[name=password]', product.admin.password)
  await page.click('button[type=submit]')
  await page.waitForURL((at) => at.pathname !== '/login')
  await page.close()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await shop?.close()
  await product?.stop()
})

/** Somebody who is no bot, on a screen of that size; links are pressed and not followed. */
async function visitor(screen: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport: screen, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'webdriver', { get: () => false })
    addEventListener('click', (event) => (event.target as Element).closest('a') && event.preventDefault())
  })
  const ready = page.waitForResponse(/\/g\/heatmap@/)
  await page.goto(`${shop.url}/`)
  await ready
  return page
}

/** Clicks there with the mouse; where the page has it under the pointer. @returns where in the element that was */
async function press(page: Page, { selector, x, y }: Target): Promise<{ x: number; y: number }> {
  const element = page.locator(selector)
  await element.scrollIntoViewIfNeeded()
  // What is loaded late moves what is below it.
  await page.waitForTimeout(150)
  const box = await element.boundingBox()
  if (!box) throw new Error(`${selector} has no box`)
  const [left, top] = [Math.round(box.x + x * box.width), Math.round(box.y + y * box.height)]
  await page.mouse.click(left, top)
  return { x: (left - box.x) / box.width, y: (top - box.y) / box.height }
}

const today = () => ({
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
})

test('clicks of scripted visitors at four widths are drawn where they were made, and modules count what the script did', async () => {
  // Ingest reads which copies there are when somebody first tells of a page.
  const first = await visitor(screens[0])
  await first.waitForResponse(/\/v1\/heatmap$/)
  await first.context().close()

  const made = new Map<string, { x: number; y: number }[]>()
  for (const screen of screens) {
    const page = await visitor(screen)
    await page.waitForResponse(/\/v1\/heatmap\/snapshots/, { timeout: 60_000 })
    const places: { x: number; y: number }[] = []
    for (const target of targets) places.push(await press(page, target))
    made.set(screen.width_class, places)
    await sleep(1300)
    await page.goto('about:blank')
    // A browser that is closed takes its last words with it.
    await sleep(1000)
    await page.context().close()
  }
  const api = readApi(product)
  const asked = { store_id: 'main', ...today(), path: '/' }
  const sum = (rows: { clicks: number }[]) => rows.reduce((all, { clicks }) => all + clicks, 0)
  await until('every click has arrived', async () => {
    const { results } = await api.get<{ results: { clicks: number }[] }>('heatmap', { ...asked, part: 'elements' })
    return sum(results) === targets.length * screens.length || undefined
  })

  const { results: modules } = await api.get<{ results: { module: string; clicks: number }[] }>('heatmap', {
    ...asked,
    part: 'modules',
  })
  const counted = Object.fromEntries(modules.map(({ module, clicks }) => [module, clicks]))
  expect(counted).toEqual({ header: 24, hero: 12, 'lucky-draw': 8, 'flash-sale': 12, 'new-arrivals': 12, 'brand-story': 4, 'for-you': 12, reviews: 4, footer: 4 }) // biome-ignore format: a list

  // Whatever day it is there.
  const day = (from: number) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10)
  const days = { from: day(-1), to: day(2) }
  let inside = 0
  const off: unknown[] = []
  for (const { width_class } of screens) {
    const page = await people.newPage()
    for (const state of ['', 'menu:#menu', 'dialog:#coupon']) {
      const wanted = targets.flatMap((target, at) =>
        (target.state ?? '') === state ? [{ ...target, ...made.get(width_class)?.[at] }] : [],
      )
      const address = new URLSearchParams({ path: '/', width_class, state, ...days })
      await page.goto(`/stores/main/heatmaps/page?${address}`)
      await page.waitForFunction(
        (count) => ((window as unknown as { drawn?: unknown[] }).drawn ?? []).length >= count,
        wanted.length,
      )
      const seen = await page.evaluate((all) => {
        const { drawn } = window as unknown as { drawn: { selector: string; x: number; y: number }[] }
        const copy = document.querySelector('iframe')?.contentDocument
        return all.map(({ selector, x, y }) => {
          const box = copy?.querySelector(selector)?.getBoundingClientRect()
          if (!box) return { selector, distance: Number.POSITIVE_INFINITY, isInside: false }
          const [left, top] = [box.left + x * box.width, box.top + y * box.height]
          const near = drawn.filter((point) => point.selector === selector)
          const distances = near.map((point) => Math.hypot(point.x - left, point.y - top))
          const best = near[distances.indexOf(Math.min(...distances))]
          const isInside =
            !!best && best.x >= box.left && best.x <= box.right && best.y >= box.top && best.y <= box.bottom
          return { selector, distance: Math.min(...distances), isInside }
        })
      }, wanted)
      for (const one of seen) {
        if (one.isInside) inside++
        if (one.distance > 4) off.push({ width_class, state, ...one })
      }
    }
    await page.close()
  }
  expect(off).toEqual([])
  expect(inside).toBeGreaterThanOrEqual(99)
}, 300_000)

test('of the demo’s modules the one that is planted to be pressed and never bought from is flagged first', async () => {
  const api = readApi(product)
  const asked = { store_id: 'demo', from: new Date(Date.now() - 14 * 86_400_000).toISOString(), to: today().to }
  interface Row {
    module: string
    flag: string | null
    clicks: number
    last_click_orders: number
    at_stake: number
  }
  const first = await until(
    'a module is flagged',
    async () => {
      const { results } = await api.get<{ results: Row[] }>('heatmap', { ...asked, path: '/', part: 'modules' })
      return results[0]?.flag ? results[0] : undefined
    },
    { seconds: 120 },
  )
  expect(first).toMatchObject({ module: 'lucky-draw', flag: 'clicked_sells_nothing', last_click_orders: 0 })
  expect(first.at_stake).toBeGreaterThan(100)
}, 150_000)
