import { setTimeout as sleep } from 'node:timers/promises'
import { usualTracking } from '@guanlan/warehouse/settings/tracking'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../../testing.ts'
import { fill, heatmapBodies, openHeatmap } from '../testing/open-heatmap.ts'
import { openTestShop, type TestShop } from '../testing/open-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
afterEach(() => shop.clear())

const screen = { width: 800, height: 600 }
const content = '<p id="text">Text</p>'
/** Its time passes as it is told. */
const open = (path: string) => openHeatmap(shop, path, screen, (page) => page.clock.install())
const forward = async (page: Page, ms: number) => {
  await page.clock.fastForward(ms)
  await sleep(100)
}
const clicksBy = () => heatmapBodies(shop).flatMap(({ view, clicks }) => clicks.map(({ n }) => [view.path, n]))
const losses = async (reason: string) => {
  const { values } = await shop.ingest.world.metrics.trackerLost.get()
  return values.find(({ labels }) => labels.reason === reason)?.value ?? 0
}
const status = (answer: (body: string) => number | undefined | Promise<number | undefined>) => {
  shop.answer = (body, path) => (path === '/v1/heatmap' ? answer(body) : undefined)
}

test('what could not be sent is sent again as what it was: of its own view', async () => {
  fill(shop, content)
  const { promise: failure, resolve: fail } = Promise.withResolvers<number>()
  let asked = 0
  status(() => (asked++ === 0 ? failure : undefined))
  const page = await open('/first')
  await page.click('#text')
  await forward(page, 1100)
  await forward(page, 6000)
  await until('the first view is told', () => asked > 0)
  await page.evaluate(() => history.pushState({}, '', '/second'))
  await forward(page, 100)
  fail(503)
  await until('it failed', () => clicksBy().length > 0)
  await until('it is sent again', async () => {
    await forward(page, 6000)
    return clicksBy().length > 1
  })
  expect(clicksBy()).toEqual([['/first', 0], ['/first', 0]]) // biome-ignore format: one line
  const rows = await shop.ingest.ask(`SELECT path, n FROM page_clicks FINAL WHERE path IN ('/first', '/second')`)
  expect(rows).toEqual([{ path: '/first', n: 0 }])
})

test('what ingest refuses is not sent again, and counted', async () => {
  fill(shop, content)
  const before = await losses('refused')
  status(() => 422)
  const page = await open('/refused')
  await page.click('#text')
  await forward(page, 1100)
  await forward(page, 6000)
  await until('it is told', () => clicksBy().length === 1)
  shop.answer = undefined
  for (const _ of [1, 2, 3]) await forward(page, 31_000)
  await page.evaluate(() => window.guanlan?.track?.('after'))
  await forward(page, 1000)
  await shop.sent(1, 'after')
  expect(clicksBy().length).toBe(1)
  expect(await losses('refused')).toBe(before + 1)
})

test('what fails is sent five times, then counted as lost', async () => {
  fill(shop, content)
  status(() => 503)
  const page = await open('/failing')
  const firsts = () => heatmapBodies(shop).filter(({ reading }) => reading.seq === 0).length
  await forward(page, 6000)
  for (let tries = 1; tries < 8; tries++) {
    await until(`it is sent ${tries} times`, () => firsts() >= Math.min(tries, 5))
    await forward(page, 31_000)
  }
  await sleep(500)
  expect(firsts()).toBe(5)
  expect(await losses('retries')).toBe(0)
  await page.evaluate(() => window.guanlan?.track?.('after'))
  await forward(page, 1000)
  await shop.sent(1, 'after')
  expect(await losses('retries')).toBeGreaterThan(0)
})

test('once the budget of a page is spent nothing more is told of it today, in no later view either', async () => {
  fill(shop, content)
  const { warehouse, redis, directory } = shop.ingest.world
  const value = { ...usualTracking, daily_views_per_page: 0 }
  const document = { kind: 'tracking', store_id: 'main', id: 'tracking', actor: 'test' } as const
  await writeSetting({ warehouse, redis }, { ...document, read_version: 0, value })
  await directory.refresh()
  const page = await open('/spent')
  const told = (path: string) => heatmapBodies(shop).filter(({ view }) => view.path === path).length
  const go = async (path: string) => {
    await page.evaluate((to) => history.pushState({}, '', to), path)
    await forward(page, 100)
    await forward(page, 6000)
    await forward(page, 31_000)
  }
  await forward(page, 6000)
  await until('it is told once', () => told('/spent') === 1)
  await go('/elsewhere')
  await until('another page is told', () => told('/elsewhere') === 1)
  await go('/spent')
  await sleep(500)
  expect([told('/spent'), told('/elsewhere')]).toEqual([1, 1])
  await page.clock.fastForward('24:00:00')
  await until('it is told tomorrow', async () => {
    await forward(page, 31_000)
    return told('/spent') === 2
  })
})
