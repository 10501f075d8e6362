import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import type { FunnelRequest } from './contract.ts'
import { runFunnel } from './run-funnel.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'UTC', currency: 'CNY' }
const buying = [{ name: 'view_item' }, { name: 'add_to_cart' }, { name: 'purchase' }]

let count = 0
const event = (visitor_id: string, at: string, name: string, values: object = {}) => {
  const timestamp = `2026-11-01 ${at}`
  count += 1
  return { store_id: 's', message_id: `m${count}`, name, timestamp, occurred_at: timestamp, received_at: timestamp, visitor_id, ...values }
} // biome-ignore format: one row

async function reached(request: Partial<FunnelRequest>) {
  const { results } = await runFunnel(opened.warehouse, store, {
    store_id: 's',
    steps: buying,
    window_seconds: 3600,
    date_range: ['2026-11-01', '2026-11-02'],
    ...request,
  })
  return results
}
const visitors = async (request: Partial<FunnelRequest>) => (await reached(request)).map(({ visitors }) => visitors)

beforeAll(async () => {
  opened = await openTestWarehouse()
  await opened.warehouse.insert({
    table: 'events',
    format: 'JSONEachRow',
    values: [
      // quick: all three, the last two in the same millisecond.
      event('quick', '10:00:00.000', 'view_item', { path: '/tea/green', browser: 'Edge', properties: { list: { name: 'home' }, due: '11/10/2026', at: '2026-11-01T10:00:00+08:00' } }),
      event('quick', '10:00:20.000', 'add_to_cart', { browser: 'Chrome' }),
      event('quick', '10:00:20.000', 'purchase', { browser: 'Chrome' }),
      // before: the purchase came 800 ms before the view, in the same second.
      event('before', '10:00:00.100', 'purchase', { browser: 'Edge' }),
      event('before', '10:00:00.900', 'view_item', { path: '/cup', browser: 'Edge' }),
      // again: the first view is too old, a later one is not.
      event('again', '08:00:00.000', 'view_item', { browser: 'Firefox' }),
      event('again', '11:00:00.000', 'view_item', { browser: 'Edge' }),
      event('again', '11:30:00.000', 'add_to_cart', { browser: 'Edge' }),
      event('again', '12:00:00.000', 'purchase', { browser: 'Edge' }),
      // late: one millisecond past the hour.
      event('late', '11:00:00.000', 'view_item', { browser: 'Edge' }),
      event('late', '11:01:40.000', 'add_to_cart'),
      event('late', '12:00:00.001', 'purchase'),
      event('robot', '11:00:00.000', 'view_item', { is_bot: true }),
      event('', '11:00:00.000', 'view_item'),
    ],
  }) // biome-ignore format: a row a line
})
afterAll(() => opened.close())

test('steps count in order, to the millisecond, from the best start, within a closed window', async () => {
  expect(await reached({})).toEqual([
    { step: 'view_item', position: 1, visitors: 4, conversion: 1, step_conversion: null, median_seconds: null },
    { step: 'add_to_cart', position: 2, visitors: 3, conversion: 0.75, step_conversion: 0.75, median_seconds: 100 },
    { step: 'purchase', position: 3, visitors: 2, conversion: 0.5, step_conversion: 2 / 3, median_seconds: 900 },
  ])
  expect(await visitors({ steps: [{ name: 'view_item' }, { name: 'purchase' }] })).toEqual([4, 2])
  expect(await visitors({ window_seconds: 3601 })).toEqual([4, 3, 3])
})

test('a breakdown is by the value at entry, so its rows add up', async () => {
  const rows = await reached({ breakdown: 'browser' })
  expect(rows.map(({ breakdown, step, visitors }) => [breakdown, step, visitors])).toEqual([
    ['Edge', 'view_item', 3],
    ['Edge', 'add_to_cart', 2],
    ['Edge', 'purchase', 1],
    ['Firefox', 'view_item', 1],
    ['Firefox', 'add_to_cart', 1],
    ['Firefox', 'purchase', 1],
  ])
})

test('a step may ask for a path or a property, and filters hold for the entry', async () => {
  const views = (where: NonNullable<FunnelRequest['steps'][number]['where']>) =>
    visitors({ steps: [{ name: 'view_item', where }, { name: 'purchase' }] })
  expect(await views([['contains', 'path', ['/TEA']]])).toEqual([1, 1])
  expect(await views([['is', 'properties.list.name', ['home']]])).toEqual([1, 1])
  expect(await views([['not', ['is', 'properties.list.name', ['home']]]])).toEqual([3, 1])
  expect(await visitors({ filters: [['is', 'browser', ['Firefox']]] })).toEqual([1, 0, 0])
  await expect(views([['is', 'properties.a`b', ['x']]])).rejects.toThrow(/must be one of/)
})

test('a step may be a click that the heatmap heard, by where it was, with the channel of its visit', async () => {
  const click = (visitor_id: string, n: number, at: string, values: object = {}) => {
    const occurred_at = `2026-11-01 ${at}`
    return { store_id: 's', path: '/', view_id: `view-${visitor_id}`, n, occurred_at, received_at: occurred_at, visitor_id, selector: '#draw', ...values }
  } // biome-ignore format: one row
  await opened.warehouse.insert({
    table: 'page_clicks',
    format: 'JSONEachRow',
    values: [
      click('quick', 1, '09:59:00.000', { text: '抽"奖"', module: 'lucky-draw' }),
      click('quick', 2, '09:59:10.000', { selector: '#cart' }),
      click('again', 1, '12:30:00.000'),
      click('late', 1, '11:00:00.000', { path: '/cart' }),
      click('robot', 1, '11:00:00.000', { is_bot: true }),
    ],
  })
  const clicked = (where: NonNullable<FunnelRequest['steps'][number]['where']>) =>
    visitors({ steps: [{ name: '$click', where }, { name: 'purchase' }] })
  // “again” bought before, and not within the window after.
  expect(await clicked([['is', 'properties.selector', ['#draw']]])).toEqual([3, 1])
  expect(
    await clicked([
      ['is', 'path', ['/']],
      ['is', 'properties.selector', ['#draw']],
    ]),
  ).toEqual([2, 1])
  expect(await clicked([['is', 'properties.text', ['抽"奖"']]])).toEqual([1, 1])
  expect(await visitors({ steps: [{ name: 'view_item' }, { name: '$click' }] })).toEqual([4, 1])
  const rows = await reached({ steps: [{ name: '$click' }, { name: 'purchase' }], breakdown: 'channel' })
  expect(rows.map(({ breakdown, visitors }) => [breakdown, visitors])).toEqual([['direct', 3], ['direct', 1]]) // biome-ignore format: one line
})

test('a property that looks like a date is compared as the text that was sent', async () => {
  const views = (name: string, value: string) =>
    visitors({ steps: [{ name: 'view_item', where: [['is', `properties.${name}`, [value]]] }, { name: 'purchase' }] })
  expect(await views('due', '11/10/2026')).toEqual([1, 1])
  expect(await views('at', '2026-11-01T10:00:00+08:00')).toEqual([1, 1])
})

test('what events do not know, and what is no pattern, is refused and not an error of ours', async () => {
  await expect(reached({ filters: [['is', 'province', ['Zhejiang']]] })).rejects.toMatchObject({
    name: 'QueryError',
    code: 'not_available',
    message: 'A funnel cannot be asked of province: events do not know it.',
  })
  const where: FunnelRequest['steps'][number]['where'] = [['matches', 'path', ['(']]]
  await expect(reached({ steps: [{ name: 'view_item', where }, { name: 'purchase' }] })).rejects.toMatchObject({
    name: 'QueryError',
    code: 'invalid_pattern',
  })
})

test('of a breakdown the largest values are kept', async () => {
  const rows = await reached({ breakdown: 'browser', limit: 1 })
  expect(rows.map(({ breakdown, visitors }) => [breakdown, visitors])).toEqual([['Edge', 3], ['Edge', 2], ['Edge', 1]]) // biome-ignore format: one line
})

test('one event is never two steps', async () => {
  const twice = [{ name: 'view_item' }, { name: 'view_item' }]
  expect(await visitors({ steps: twice, window_seconds: 4 * 3600 })).toEqual([4, 1])
  const [, second] = await reached({ steps: twice, window_seconds: 4 * 3600 })
  expect(second?.median_seconds).toBe(3 * 3600)
})

test('from the first start alone, a later one saves nobody', async () => {
  // again: of its view at 8:00 nothing came within the hour.
  expect(await reached({ order: 'first_start' })).toEqual([
    { step: 'view_item', position: 1, visitors: 4, conversion: 1, step_conversion: null, median_seconds: null },
    { step: 'add_to_cart', position: 2, visitors: 2, conversion: 0.5, step_conversion: 0.5, median_seconds: 60 },
    { step: 'purchase', position: 3, visitors: 1, conversion: 0.25, step_conversion: 0.5, median_seconds: 0 },
  ])
  expect(await visitors({ order: 'first_start', window_seconds: 4 * 3600 })).toEqual([4, 3, 3])
  const twice = [{ name: 'view_item' }, { name: 'view_item' }]
  expect(await visitors({ order: 'first_start', steps: twice, window_seconds: 3 * 3600 })).toEqual([4, 1])
  expect(await visitors({ order: 'first_start', steps: twice, window_seconds: 3 * 3600 - 1 })).toEqual([4, 0])
})

test('in any order, a step is reached when it and all before it lie within one window', async () => {
  // before: bought, then viewed. late: a window that begins with the cart holds all but the view.
  const [, bought] = await reached({ order: 'unordered', steps: [{ name: 'view_item' }, { name: 'purchase' }] })
  // quick 20 s, before 0 s, again 3600 s.
  expect(bought).toMatchObject({ visitors: 3, median_seconds: 20 })
  expect(await visitors({ order: 'unordered' })).toEqual([4, 3, 2])
  const backwards = [{ name: 'purchase' }, { name: 'add_to_cart' }, { name: 'view_item' }]
  expect(await visitors({ order: 'unordered', steps: backwards })).toEqual([4, 3, 2])
  expect(await visitors({ order: 'unordered', steps: backwards, window_seconds: 3601 })).toEqual([4, 3, 3])
  const rows = await reached({ order: 'unordered', breakdown: 'browser' })
  expect(rows.map(({ visitors }) => visitors)).toEqual([3, 2, 1, 1, 1, 1])
})

test('in any order too, one event is never two steps', async () => {
  const views = (windowHours: number, ...paths: string[]) =>
    visitors({
      order: 'unordered',
      steps: paths.map((path) => ({ name: 'view_item', where: path ? [['contains', 'path', [path]]] : [] })),
      window_seconds: windowHours * 3600,
    })
  expect(await views(4, '', '')).toEqual([4, 1])
  expect(await views(2, '', '')).toEqual([4, 0])
  // One view of tea is tea or anything, not both.
  expect(await views(4, 'tea', '')).toEqual([1, 0])
  expect(await visitors({ order: 'unordered', steps: [{ name: 'view_item' }, { name: 'view_item' }, { name: 'purchase' }], window_seconds: 4 * 3600 })).toEqual([4, 1, 1]) // biome-ignore format: one line
})

test('in any order, steps that ask the same are many, and different ones of one event are few', async () => {
  const same = Array.from({ length: 10 }, () => ({ name: 'view_item' }))
  expect(await visitors({ order: 'unordered', steps: same, window_seconds: 4 * 3600 })).toEqual([
    4, 1, 0, 0, 0, 0, 0, 0, 0, 0,
  ])
  const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((path) => ({
    name: 'view_item',
    where: [['contains', 'path', [path]]] as [['contains', 'path', string[]]],
  }))
  await expect(reached({ order: 'unordered', steps: others })).rejects.toMatchObject({
    code: 'too_costly',
    field: 'steps',
  })
  // The path of the one view of tea has an a and an e, but it is one step alone.
  expect(await visitors({ order: 'unordered', steps: others.filter((_, at) => at === 4 || at === 0) })).toEqual([1, 0])
})

test('nobody at all is a funnel of zeros', async () => {
  const rows = await reached({ date_range: ['2026-12-01', '2026-12-02'] })
  expect(rows.map(({ visitors, conversion }) => [visitors, conversion])).toEqual([[0, null], [0, null], [0, null]]) // biome-ignore format: one line
})
