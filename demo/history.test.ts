import { beforeAll, expect, test } from 'vitest'
import { happeningsOn } from './facts/happenings.ts'
import { Visits } from './life/visits.ts'
import { parseDay } from './shop/calendar.ts'
import { type DayTally, tallyOf } from './testing-tally.ts'

const anchor = parseDay('2026-11-20')
const shop = { seed: 1, anchor }
const days = new Map<number, DayTally>()

beforeAll(() => {
  const visits = new Visits(shop)
  for (let number = anchor; number > anchor - 90; number--) days.set(number, tallyOf(shop, visits, number))
}, 180_000)

const on = (day: string) => {
  const { customers, ...rest } = days.get(parseDay(day)) as DayTally
  return { ...rest, customers: customers.size }
}

test('an ordinary day, the great promotion and the smaller one before are what they are', () => {
  expect(on('2026-11-19')).toEqual({
    visits: 5_024,
    events: 16_667,
    bots: 344,
    orders: 245,
    paidOrders: 227,
    gmv: 5_473_230,
    refunds: 22,
    refunded: 269_078,
    customers: 245,
  })
  expect(on('2026-10-31')).toEqual({
    visits: 21_928,
    events: 90_175,
    bots: 373,
    orders: 2_607,
    paidOrders: 2_362,
    gmv: 64_480_780,
    refunds: 285,
    refunded: 4_145_558,
    customers: 2_594,
  })
  expect(on('2026-09-11')).toEqual({
    visits: 10_332,
    events: 43_105,
    bots: 363,
    orders: 1_258,
    paidOrders: 1_145,
    gmv: 30_854_060,
    refunds: 129,
    refunded: 1_789_712,
    customers: 1_255,
  })
})

test('the whole history is what it is', () => {
  const all = [...days.values()]
  const total = (of: (tally: DayTally) => number) => all.reduce((sum, tally) => sum + of(tally), 0)
  expect(total(({ visits }) => visits)).toBe(448_697)
  expect(total(({ events }) => events)).toBe(1_504_098)
  expect(total(({ bots }) => bots)).toBe(30_197)
  expect(total(({ orders }) => orders)).toBe(21_103)
  expect(total(({ paidOrders }) => paidOrders)).toBe(19_129)
  expect(total(({ gmv }) => gmv)).toBe(491_582_020)
  expect(total(({ refunds }) => refunds)).toBe(1_867)
  expect(total(({ refunded }) => refunded)).toBe(28_013_535)
  expect(new Set(all.flatMap(({ customers }) => [...customers])).size).toBe(15_835)
})

test('the heatmap of a day is told of every twentieth visitor, and everybody presses the draw', () => {
  const bodies = [...happeningsOn(shop, new Visits(shop), parseDay('2026-11-19'))].flatMap(({ views }) =>
    views.map(
      ({ body }) => body as unknown as { view: { path: string }; clicks: { selector: string; rage: boolean }[] },
    ),
  )
  const clicks = bodies.flatMap((body) => body.clicks)
  const draws = clicks.filter(({ selector }) => selector === '#draw')
  expect([bodies.length, clicks.length, draws.length, draws.filter(({ rage }) => rage).length]).toEqual([
    375, 488, 43, 16,
  ])
  expect(bodies.filter(({ view }) => view.path === '/').length).toBe(112)
})

test('a day told alone is the same to the last byte as among the others', () => {
  const alone = JSON.stringify([...happeningsOn(shop, new Visits(shop), parseDay('2026-10-30'))])
  const visits = new Visits(shop)
  for (const day of ['2026-11-20', '2026-09-01', '2026-10-31']) visits.on(parseDay(day))
  expect(JSON.stringify([...happeningsOn(shop, visits, parseDay('2026-10-30'))])).toBe(alone)
})

test('another seed is another shop, and so is another anchor', () => {
  const number = parseDay('2026-11-19')
  const gmv = (other: { seed: number; anchor: number }) => tallyOf(other, new Visits(other), number).gmv
  expect([gmv({ seed: 2, anchor }), gmv({ seed: 1, anchor: anchor + 1 })]).toEqual([4_600_070, 5_471_380])
})
