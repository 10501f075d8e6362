import { afterAll, beforeAll, expect, test } from 'vitest'
import { heatmapNumbers } from '../../heatmap/numbers.ts'
import { openTestWarehouse } from '../../testing.ts'
import { columnsOf, heatmapAnswer, heatmapRequest, runHeatmap } from './heatmap.ts'
import { fillShop, store, wholeDay } from './testing-shop.ts'
import { weekMetrics } from './week.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  await fillShop(opened.warehouse)
})
afterAll(() => opened.close())

const ask = (request: object) => runHeatmap(opened.warehouse, store, heatmapRequest.parse({ ...wholeDay, ...request }))

test.each([
  ['pages', {}, 2],
  ['clicks', { path: '/p/1' }, 3],
  ['elements', { path: '/p/1', selector: '#hero' }, 1],
  ['scroll', { group: '/p/*' }, 50],
  ['modules', { path: '/p/1', by: 'slot' }, 2],
  ['changes', { path: '/p/1', at: '2026-11-11T10:30:00Z' }, 2],
  ['versions', { path: '/p/1' }, 2],
  ['week', { metric: 'gmv' }, 168],
])('the part %s is answered as its schema says', async (part, request, rows) => {
  const answer = await ask({ part, ...request })
  expect(heatmapAnswer.parse(answer)).toEqual(answer)
  expect(answer.results.length).toBe(rows)
  expect(Object.keys(answer.results[0] ?? {}).sort()).toEqual(columnsOf(answer.part).sort())
})

test('a week is asked of a product’s page by filters', async () => {
  const { results } = await ask({ part: 'week', metric: 'pageviews', filters: [['is', 'path', ['/p/1']]] })
  expect(results.every(({ value }) => value === 0 || value === null)).toBe(true)
})

test('every metric that is offered for a week can be asked, also of a page', async () => {
  expect(weekMetrics()).not.toContain('ad_spend')
  expect(weekMetrics(['path'])).toContain('visitors')
  for (const metric of weekMetrics(['path'])) {
    const { results } = await ask({ part: 'week', metric, filters: [['is', 'path', ['/p/1']]] })
    expect([metric, results.length]).toEqual([metric, 168])
  }
})

test('what a part does not know or lacks is refused by name', async () => {
  const refused = (request: object) => ask(request).catch(({ code, field }) => [code, field])
  expect(await refused({ part: 'pages', path: '/p/1' })).toEqual(['unknown_field', 'path'])
  expect(await refused({ part: 'scroll', path: '/p/1', search: 'x' })).toEqual(['unknown_field', 'search'])
  expect(await refused({ part: 'modules' })).toEqual(['page_needed', 'path'])
  expect(await refused({ part: 'changes', path: '/p/1' })).toEqual(['invalid_field', 'at'])
  expect(await refused({ part: 'week', filters: [['like', 'path', ['x']]] })).toEqual(['invalid_field', 'filters'])
})

test('every number has a definition', () => {
  const words = [
    'group',
    'title',
    'paths',
    'converted_visitors',
    'module',
    'slot',
    'position',
    'top',
    'bottom',
    'trend',
    'flag',
    'at_stake',
  ]
  const parts = ['seen_visitors', 'clicked_views', 'clicked_visitors', 'dead', 'rage', 'error', 'carts_in_session', 'orders_in_session', 'gmv_in_session', 'last_click_orders'] // biome-ignore format: a list
  const numbers = new Set([...columnsOf('pages'), ...columnsOf('modules')])
  const undefinedOnes = [...numbers].filter(
    (name) => !words.includes(name) && !parts.includes(name) && !(name in heatmapNumbers),
  )
  expect(undefinedOnes).toEqual([])
})
