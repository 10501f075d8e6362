import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runClicks } from './clicks.ts'
import { runElements } from './elements.ts'
import { type PagesRequest, runPages } from './pages.ts'
import { runScroll } from './scroll.ts'
import { readSnapshot } from './snapshot.ts'
import { fillShop, firstVersion, secondVersion, store, wholeDay } from './testing-shop.ts'
import { runVersions } from './versions.ts'
import { runWeek } from './week.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  await fillShop(opened.warehouse)
})
afterAll(() => opened.close())

const page = { ...wholeDay, path: '/p/1' }
const pages = (request: Partial<PagesRequest> = {}) => runPages(opened.warehouse, store, { ...wholeDay, ...request })
const viewsOf = async (request: Partial<PagesRequest>) =>
  (await pages(request)).results.map(({ group, views }) => [group, views])

test('pages are listed by group, with what their views and clicks came to', async () => {
  const { results, meta } = await pages()
  expect(results).toEqual([
    {
      ...{ group: '/p/*', title: 'Tea', paths: 2, views: 4, visitors: 3, clicks: 7, clicks_per_view: 1.75 },
      ...{ dead_share: 2 / 7, rage_share: 1 / 7, error_share: 1 / 7, nowhere_share: 2 / 7 },
      // v1's order came 20 minutes after a view, v2's 23:51:30 after the second one.
      ...{ converted_visitors: 2, conversion: 2 / 3 },
    },
    {
      ...{ group: '/cart', title: 'Cart', paths: 1, views: 1, visitors: 1, clicks: 0, clicks_per_view: 0 },
      ...{ dead_share: null, rage_share: null, error_share: null, nowhere_share: null },
      ...{ converted_visitors: 1, conversion: 1 },
    },
  ])
  expect(meta).toEqual({ time_zone: 'UTC', currency: 'CNY', from: '2026-11-11T00:00:00Z', to: '2026-11-12T00:00:00Z', pages: 2 }) // biome-ignore format: one line
})

test.each<[string, Partial<PagesRequest>, [string, number][]]>([
  ['a width', { width_class: 'phone' }, [['/p/*', 3], ['/cart', 1]]],
  ['a version', { version: secondVersion }, [['/p/*', 1]]],
  ['a variant', { variant: 'B' }, [['/p/*', 1]]],
  ['a channel', { channel: 'search' }, [['/cart', 1], ['/p/*', 1]]],
  ['no known channel', { channel: 'direct' }, [['/p/*', 3]]],
  ['a campaign', { campaign: '11.11' }, [['/cart', 1], ['/p/*', 1]]],
  ['new visitors', { visitors: 'new' }, [['/p/*', 2], ['/cart', 1]]],
  ['visitors who returned', { visitors: 'returning' }, [['/p/*', 2]]],
  ['who bought', { converted: 'yes' }, [['/p/*', 2], ['/cart', 1]]],
  // Of two customers, who ordered on one day, v1 comes before v3: the first fifth and the second.
  ['a segment', { segment: 'lost' }, [['/cart', 1], ['/p/*', 1]]],
  ['a segment whose customer was not here', { segment: 'hibernating' }, []],
  ['who did not', { converted: 'no' }, [['/p/*', 2]]],
  ['a word of a title', { search: 'cup' }, [['/p/*', 4]]],
  ['a word of a path', { search: '/CART' }, [['/cart', 1]]],
  ['a word of none', { search: 'nowhere' }, []],
  ['the first one', { limit: 1 }, [['/p/*', 4]]],
])('views are counted of %s', async (_, request, views) => {
  expect(await viewsOf(request)).toEqual(views)
}) // biome-ignore format: a row each

test('clicks follow the filters of their views', async () => {
  const clicksOf = async (request: Partial<PagesRequest>) => (await pages(request)).results[0]?.clicks
  expect(await clicksOf({ visitors: 'returning' })).toBe(3)
  expect(await clicksOf({ converted: 'no' })).toBe(3)
  expect(await clicksOf({ width_class: 'laptop' })).toBe(2)
})

test('clicks are told by element and state, with where in it people clicked', async () => {
  const { results, meta } = await runClicks(opened.warehouse, store, page)
  expect(results).toEqual([
    {
      ...{ selector: '#hero', state: '', is_fixed: false, clicks: 3, dead: 1, rage: 1, error: 0 },
      points: [
        [0.75, 0.5, 2, 1, 1, 0],
        [0.25, 0.5, 1, 0, 0, 0],
      ],
    },
    {
      ...{ selector: 'a.card', state: '', is_fixed: false, clicks: 2, dead: 0, rage: 0, error: 0 },
      points: [[0.25, 0.5, 2, 0, 0, 0]],
    },
    {
      ...{
        selector: '#footer',
        state: 'dialog:#cart',
        is_fixed: true,
        clicks: 1,
        dead: 1,
        rage: 0,
        error: 1,
      },
      points: [[0.25, 0.5, 1, 1, 0, 1]],
    },
  ])
  expect(meta).toMatchObject({ elements: 3, clicks: 6, clicks_left_out: 0 })
  const first = await runClicks(opened.warehouse, store, { ...page, limit: 1 })
  expect([first.results.length, first.meta.clicks_left_out]).toEqual([1, 3])
})

test('a group of pages holds the clicks of all of them, another page none of them', async () => {
  const of = async (request: object) =>
    (await runClicks(opened.warehouse, store, { ...wholeDay, ...request })).meta.clicks
  expect([await of({ group: '/p/*' }), await of({ path: '/p/2' }), await of({ group: '/p/1' })]).toEqual([7, 1, 0])
})

test('elements come with what followed their clicks', async () => {
  const { results, meta } = await runElements(opened.warehouse, store, page)
  const nothing = { carts_in_session: 0, carts: 0, orders_in_session: 0, orders: 0, gmv_in_session: 0, gmv: 0, last_click_orders: 0, last_click_gmv: 0 } // biome-ignore format: one line
  const followed = { carts_in_session: 1, carts: 1, orders_in_session: 1, orders: 1, gmv_in_session: 100, gmv: 100 }
  expect(results).toEqual([
    {
      ...{ selector: '#hero', state: '', is_fixed: false, clicks: 3, visitors: 2, dead: 1, rage: 1, error: 0 },
      ...{ text: '', href: '', module: 'hero', click_share: 0.5 },
      ...{ ...followed, last_click_orders: 1, last_click_gmv: 100 },
    },
    {
      ...{ selector: 'a.card', state: '', is_fixed: false, clicks: 2, visitors: 2, dead: 0, rage: 0, error: 0 },
      ...{ text: '', href: '', module: 'list', click_share: 2 / 6 },
      ...{ ...nothing, ...followed },
    },
    {
      ...{
        selector: '#footer',
        state: 'dialog:#cart',
        is_fixed: true,
        clicks: 1,
        visitors: 1,
        dead: 1,
        rage: 0,
        error: 1,
      },
      ...{ text: '', href: '', module: '', click_share: 1 / 6 },
      ...{ ...nothing, orders: 1, gmv: 40, last_click_orders: 1, last_click_gmv: 40 },
    },
  ])
  expect(meta).toMatchObject({ elements: 3, clicks: 6 })
  const one = await runElements(opened.warehouse, store, { ...page, selector: 'a.card' })
  expect(one.results.map(({ selector, click_share }) => [selector, click_share])).toEqual([['a.card', 2 / 6]])
})

test('a page is read as far down as each view says, and as long', async () => {
  const { results, meta } = await runScroll(opened.warehouse, store, page)
  expect(results.length).toBe(50)
  expect([0, 1, 9, 10, 49].map((band) => results[band])).toEqual([
    { band: 0, views: 3, reach: 1, attention_ms: 1200, attention_per_view: 400 },
    { band: 1, views: 2, reach: 2 / 3, attention_ms: 500, attention_per_view: 250 },
    { band: 9, views: 2, reach: 2 / 3, attention_ms: 0, attention_per_view: 0 },
    { band: 10, views: 1, reach: 1 / 3, attention_ms: 0, attention_per_view: 0 },
    { band: 49, views: 1, reach: 1 / 3, attention_ms: 0, attention_per_view: 0 },
  ])
  expect(meta).toMatchObject({ views: 3, visitors: 3, fold: 0.2, page_height: 4000 })
  const none = await runScroll(opened.warehouse, store, { ...wholeDay, path: '/nowhere' })
  expect([none.results[0], none.meta.fold]).toEqual([
    { band: 0, views: 0, reach: null, attention_ms: 0, attention_per_view: null },
    null,
  ])
})

test('versions tell when they were seen, and whether there is a copy', async () => {
  const { results } = await runVersions(opened.warehouse, store, { ...wholeDay, group: '/p/*' })
  expect(results).toEqual([
    { version: firstVersion, width_class: 'phone', first_seen: '2026-11-11T10:00:00.000Z', last_seen: '2026-11-11T12:00:00.000Z', views: 2, has_snapshot: true },
    { version: secondVersion, width_class: 'phone', first_seen: '2026-11-11T11:10:00.000Z', last_seen: '2026-11-11T11:10:00.000Z', views: 1, has_snapshot: true },
    { version: firstVersion, width_class: 'laptop', first_seen: '2026-11-11T11:00:00.000Z', last_seen: '2026-11-11T11:00:00.000Z', views: 1, has_snapshot: false },
  ]) // biome-ignore format: one row each
})

test('the newest copy of a page, of a group or of a version is found with its content', async () => {
  const of = async (request: object) => {
    const found = await readSnapshot(opened.warehouse, store, { store_id: 's', width_class: 'phone', ...request })
    return found && [found.path, found.taken_at, JSON.parse(found.content).of]
  }
  expect(await of({ path: '/p/1' })).toEqual(['/p/1', '2026-11-11T10:15:00.000Z', 'h1'])
  expect(await of({ group: '/p/*' })).toEqual(['/p/2', '2026-11-11T11:15:00.000Z', 'h2'])
  expect(await of({ group: '/p/*', version: firstVersion })).toEqual(['/p/1', '2026-11-11T10:15:00.000Z', 'h1'])
  expect(await of({ path: '/p/1', width_class: 'wide' })).toBeUndefined()
  await expect(of({})).rejects.toThrow('Name one page')
})

test('a week has the mean of its hours, and a ratio of all hours of a name', async () => {
  const week = { store_id: 's', from: '2026-11-04', to: '2026-11-18' }
  const at = async (metric: 'gmv' | 'aov' | 'orders', weekday: number, hour: number) => {
    const { results } = await runWeek(opened.warehouse, store, { ...week, metric })
    expect(results.length).toBe(168)
    return results.find((cell) => cell.weekday === weekday && cell.hour === hour)?.value
  }
  // 2026-11-11 is a Wednesday, as 4 November is: at ten o’clock 1300 in the one, nothing in the other.
  expect([await at('gmv', 3, 10), await at('orders', 3, 10), await at('gmv', 4, 11)]).toEqual([650, 1.5, 20])
  expect([await at('aov', 3, 10), await at('aov', 1, 10)]).toEqual([400, null])
})

test('a question without a page, or with two, is refused', async () => {
  await expect(runScroll(opened.warehouse, store, wholeDay)).rejects.toThrow('Name one page')
  await expect(runScroll(opened.warehouse, store, { ...page, group: '/p/*' })).rejects.toThrow('Name one page')
  await expect(runPages(opened.warehouse, store, { ...wholeDay, to: '2026-11-11' })).rejects.toThrow('must end after')
})
