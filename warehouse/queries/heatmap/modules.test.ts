import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runBeforeAfter } from './before-after.ts'
import { type ModulesRequest, runModules } from './modules.ts'
import { fillShop, store, wholeDay } from './testing-shop.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  await fillShop(opened.warehouse)
})
afterAll(() => opened.close())

const modules = (request: Partial<ModulesRequest> = {}) =>
  runModules(opened.warehouse, store, { ...wholeDay, ...(request.group ? {} : { path: '/p/1' }), ...request })

test('a module has what was seen of it, clicked in it and bought after it', async () => {
  const { results, meta } = await modules()
  expect(meta).toMatchObject({ views: 3, visitors: 3, clicks: 6, last_click_orders: 2, last_click_gmv: 140 })
  const followed = { carts_in_session: 1, carts: 1, orders_in_session: 1, orders: 1, gmv_in_session: 100, gmv: 100 }
  expect(results).toEqual([
    {
      ...{ module: 'hero', slot: 0, position: 1, top: 0, bottom: 0.25 },
      // v1 and the one without a name saw it for 2 s and 0.5 s; v2 for too short.
      ...{ seen_views: 2, seen_visitors: 2, seen_rate: 2 / 3, visible_ms: 1250 },
      ...{ clicks: 3, clicked_views: 2, clicked_visitors: 2, dead: 1, rage: 1, error: 0, click_rate: 1 },
      // v1’s order was credited to both; the hero was clicked last.
      ...{ ...followed, last_click_orders: 1, last_click_gmv: 100 },
      ...{ gmv_per_1000_exposures: 50_000, click_share: 0.5, gmv_share: 100 / 140 },
      trend: [{ day: '2026-11-11', clicks: 3, seen_views: 2, last_click_gmv: 100 }],
      ...{ flag: null, at_stake: 0 },
    },
    {
      ...{ module: 'list', slot: 0, position: 2, top: 0.5, bottom: 0.75 },
      ...{ seen_views: 2, seen_visitors: 2, seen_rate: 2 / 3, visible_ms: 2000 },
      ...{ clicks: 2, clicked_views: 2, clicked_visitors: 2, dead: 0, rage: 0, error: 0, click_rate: 1 },
      ...{ ...followed, last_click_orders: 0, last_click_gmv: 0 },
      ...{ gmv_per_1000_exposures: 0, click_share: 2 / 6, gmv_share: 0 },
      trend: [{ day: '2026-11-11', clicks: 2, seen_views: 2, last_click_gmv: 0 }],
      ...{ flag: null, at_stake: 0 },
    },
  ])
})

test('in a group an order is credited to the last click on any of its pages', async () => {
  const { results, meta } = await modules({ group: '/p/*' })
  expect(meta).toMatchObject({ views: 4, clicks: 7, last_click_orders: 2, last_click_gmv: 140 })
  const hero = results.find(({ module }) => module === 'hero')
  expect([hero?.clicks, hero?.orders, hero?.gmv, hero?.last_click_gmv, hero?.gmv_share]).toEqual([4, 2, 140, 140, 1])
  // v2’s order came a day after the visit.
  expect([hero?.orders_in_session, hero?.gmv_in_session]).toEqual([1, 100])
})

test('slots are told apart', async () => {
  const { results } = await modules({ by: 'slot' })
  expect(results.map(({ module, slot, seen_views, clicks, orders, flag }) => [module, slot, seen_views, clicks, orders, flag])).toEqual([
    ['list', 1, 0, 1, 0, null],
    ['list', 2, 1, 1, 1, null],
  ]) // biome-ignore format: one row each
})

test('filters narrow views, clicks and what is credited alike', async () => {
  const of = async (request: Partial<ModulesRequest>) => {
    const { results, meta } = await modules(request)
    return [meta.views, meta.clicks, results.map(({ module, clicks, gmv }) => [module, clicks, gmv])]
  }
  expect(await of({ channel: 'search' })).toEqual([1, 3, [['hero', 2, 100], ['list', 1, 100]]]) // biome-ignore format: one line
  expect(await of({ width_class: 'laptop' })).toEqual([1, 2, [['list', 1, 0]]])
})

test('before and after a moment each module is told with how sure the difference is', async () => {
  const { results, meta } = await runBeforeAfter(opened.warehouse, store, {
    ...wholeDay,
    path: '/p/1',
    at: '2026-11-11T10:30:00Z',
  })
  expect(meta).toMatchObject({ from: '2026-11-11T00:00:00Z', at: '2026-11-11T10:30:00Z', to: '2026-11-12T00:00:00Z' })
  expect(results.map(({ module, seen_views }) => [module, seen_views])).toEqual([
    ['hero', { before: 2, after: 0 }],
    ['list', { before: 2, after: 0 }],
  ])
  expect(results[0]?.click_rate).toEqual({ before: 0.5, after: null, change: null, is_sure: false })
  expect(results[0]?.gmv_per_1000_exposures).toEqual({ before: 50_000, after: null, change: null, is_sure: false })
})
