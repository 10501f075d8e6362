import type { Page } from 'playwright-core'
import { keys, until } from '../../testing.ts'
import type { Click } from '../heatmap/clicks.ts'
import type { ModuleReading } from '../heatmap/exposure.ts'
import type { TestShop } from './open-shop.ts'

/** What came to `/v1/heatmap`. */
export interface HeatmapBody {
  view: Record<string, unknown> & { id: string; path: string; version: string }
  clicks: Click[]
  reading: { seq: number; reach: number; attention: number[]; modules: ModuleReading[] }
}

/** A page may have its own scripts, styles and frames. */
const policyOf = (host: string) =>
  `default-src 'self' data:; script-src 'self' ${host}; connect-src 'self' ${host}; style-src 'self' 'unsafe-inline'; img-src 'self' data:`

/** What came, in the order in which it came. */
export const heatmapBodies = ({ requests }: TestShop): HeatmapBody[] =>
  requests
    .filter(({ method, path }) => method === 'POST' && path === '/v1/heatmap')
    .map(({ body }) => JSON.parse(body) as HeatmapBody)

/** What the shop's pages hold from now on, and their own script. */
export function fill(shop: TestShop, content: string, script = ''): void {
  shop.headers = { 'content-security-policy': policyOf(shop.host) }
  shop.scripts = { '/own.js': script }
  shop.content = `${content}<script src="/own.js"></script>`
}

/**
 * Opens a page of the shop and waits until its heatmap is being taken.
 * @param prepare done with the page before it goes there
 */
export async function openHeatmap(
  shop: TestShop,
  path = '/',
  viewport = { width: 1280, height: 720 },
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Page> {
  const page = await shop.open({ viewport })
  await prepare?.(page)
  await page.addInitScript(() => {
    const hear = ({ target }: Event) => {
      if (target instanceof HTMLScriptElement && /heatmap@/.test(target.src))
        Object.assign(window, { hasHeatmap: true })
    }
    document.addEventListener('load', hear, true)
  })
  await page.goto(shop.shop + path)
  await page.waitForFunction(() => 'hasHeatmap' in window)
  return page
}

/** The page is left: what it knows is sent. */
export const leave = (page: Page): Promise<unknown> => page.goto('about:blank')

const userAgent = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'

/** Opens a page as somebody who is no bot. */
export async function openAsVisitor(shop: TestShop, path: string): Promise<Page> {
  shop.headers = { 'content-security-policy': policyOf(shop.host) }
  const page = await shop.open({ userAgent, viewport: { width: 1280, height: 800 } })
  await page.addInitScript(() => Object.defineProperty(navigator, 'webdriver', { get: () => false }))
  await page.goto(shop.shop + path)
  return page
}

/** Has ingest ask for copies: which ones there are it reads when somebody first tells of a page. */
export async function askForCopies({ ingest, shop }: TestShop): Promise<void> {
  const view = {
    ...{
      id: '0199c3a0-0000-7000-8000-000000000001',
      url: shop,
      path: '/none',
      title: '',
      visitorId: 'v',
      sessionId: 's',
    },
    ...{ startedAt: new Date().toISOString(), version: '0'.repeat(16), width: 1, height: 1, pageHeight: 1 },
  }
  await until('a copy is wanted', async () => {
    const body = JSON.stringify({ writeKey: keys.write, sentAt: new Date(), view, clicks: [] })
    const answer = await ingest.app.request('/v1/heatmap', { method: 'POST', body })
    return ((await answer.json()) as { snapshot: boolean }).snapshot
  })
}
