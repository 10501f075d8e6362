import { beforeAll, expect, test } from 'vitest'
import { type Order, orderOf, visitorIdOf } from './facts/order.ts'
import { type Refund, refundOf } from './facts/refund.ts'
import { traitsOf } from './life/shopper.ts'
import { Visits } from './life/visits.ts'
import { day, dayOf, hour, parseDay, startOf } from './shop/calendar.ts'
import type { Source } from './shop/sources.ts'

/** Shares, rates and shapes that a real shop of this kind has; what lies outside is a fake. */

const anchor = parseDay('2026-11-20')
const shop = { seed: 1, anchor }
const main = anchor - 20
const earlier = anchor - 70

const orders: { order: Order; refund: Refund | undefined }[] = []
const visitsOn = new Map<number, number>()
const byHour = new Map<number, number[]>()
const visitorsOfMonth = new Set<string>()
let phones = 0
let all = 0

beforeAll(() => {
  const visits = new Visits(shop)
  for (let number = anchor - 89; number <= anchor; number++) {
    const hours = Array(24).fill(0)
    const onDay = visits.on(number)
    for (const visit of onDay) {
      hours[Math.floor((visit.at - startOf(number)) / hour)]++
      if (number > anchor - 28) visitorsOfMonth.add(visitorIdOf(shop, visit))
      if (/Mobile/.test(traitsOf(shop, visit.shopper).userAgents[0])) phones++
      if (visit.outcome !== 'order') continue
      const order = orderOf(shop, visit)
      orders.push({ order, refund: refundOf(shop, order) })
    }
    all += onDay.length
    visitsOn.set(number, onDay.length)
    byHour.set(number, hours)
  }
}, 180_000)

const between = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThanOrEqual(low)
  expect(value).toBeLessThanOrEqual(high)
}
const share = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length / list.length
const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0)
const paid = () => orders.filter(({ order }) => order.paidAt !== undefined)
const ordersOn = (number: number) => orders.filter(({ order }) => dayOf(order.placedAt) === number).length
const visitsOf = (from: number, to: number) =>
  sum(Array.from({ length: to - from }, (_, index) => visitsOn.get(from + index) ?? 0)) / (to - from)

test('of the visitors of four weeks, a promotion among them, 1.5 to 5 in a hundred buy', () => {
  const recent = paid().filter(({ order }) => dayOf(order.placedAt) > anchor - 28)
  between(new Set(recent.map(({ order }) => order.customer_id)).size / visitorsOfMonth.size, 0.015, 0.05)
})

test('an order is worth what such shops sell for, most come from telephones, and a few are unknown to the browser', () => {
  between(sum(orders.map(({ order }) => order.gross)) / orders.length / 100, 180, 300)
  between(phones / all, 0.8, 0.93)
  between(
    share(paid(), ({ order }) => order.ledgerOnly),
    0.01,
    0.02,
  )
})

test('the night is empty, lunch is a hill and the evening the peak', () => {
  const ordinary = byHour.get(anchor - 3) ?? []
  const peak = ordinary[21] ?? 0
  expect(Math.max(...ordinary)).toBe(Math.max(...ordinary.slice(20, 23)))
  between((ordinary[4] ?? 0) / peak, 0, 0.06)
  between((ordinary[12] ?? 0) / peak, 0.4, 0.75)
  expect(ordinary[12]).toBeGreaterThan(ordinary[9] ?? 0)
})

test('the shop grows slowly, and no day is quite like another', () => {
  between(visitsOf(anchor - 13, anchor + 1) / visitsOf(anchor - 60, anchor - 46), 1.05, 1.35)
  const days = Array.from({ length: 30 }, (_, index) => visitsOn.get(anchor - 60 + index) ?? 0)
  const mean = sum(days) / days.length
  between(Math.sqrt(sum(days.map((count) => (count - mean) ** 2)) / days.length) / mean, 0.03, 0.12)
})

test('a promotion has a presale, a silence before it, its rush at midnight and at eight, and a wave after it', () => {
  const usual = ordersOn(anchor - 35)
  between(ordersOn(main) / usual, 8, 16)
  expect(ordersOn(main - 1)).toBeLessThan(0.8 * usual)
  expect(ordersOn(main + 1)).toBeGreaterThan(1.4 * usual)
  between(
    share(orders, ({ order }) => order.type === 'presale'),
    0.04,
    0.15,
  )
  const hours = byHour.get(main) ?? []
  for (const rush of [0, 20]) expect(hours[rush]).toBeGreaterThan(2 * (hours[14] ?? 0))
  expect(hours[3]).toBeLessThan(0.1 * (hours[14] ?? 0))
  between(ordersOn(earlier) / ordersOn(main), 0.3, 0.7)
})

test('some think better of it, some cannot pay, and some can at the second attempt', () => {
  between(
    share(orders, ({ order }) => order.paidAt === undefined),
    0.06,
    0.12,
  )
  between(
    share(orders, ({ order }) => order.failures.length > 0),
    0.06,
    0.16,
  )
  between(
    share(paid(), ({ order }) => order.failures.length > 0),
    0.03,
    0.08,
  )
})

test('three to seven in a hundred parcels are late', () => {
  const sent = paid().filter(({ order }) => order.delivery?.shippedAt)
  between(
    share(sent, ({ order }) => order.delivery?.isLate === true),
    0.03,
    0.07,
  )
})

test('what comes back depends on goods, on where they were sold, and on one bad pan', () => {
  const back = (is: (order: Order) => boolean) => {
    const some = paid().filter(({ order }) => is(order))
    return share(some, ({ refund }) => refund !== undefined)
  }
  const isOnly = (category: string) => (order: Order) =>
    order.lines.every(({ product }) => product.category === category)
  between(
    back(() => true),
    0.06,
    0.13,
  )
  between(back(isOnly('loungewear')), 0.1, 0.22)
  between(back(isOnly('tea')), 0.02, 0.06)
  const from = (isFrom: (source: Source) => boolean) => back(({ visit }) => isFrom(visit.source))
  const live = from((source) => source.live === true)
  expect(live).toBeGreaterThan(1.5 * from(({ channel }) => channel === 'wecom' || channel === 'community'))
  const pan = back(({ lines }) => lines.some(({ product }) => product.sku === 'kitchen-001'))
  expect(pan).toBeGreaterThan(2 * back(() => true))
  const reasons = orders.flatMap(({ refund }) => refund ?? [])
  const ofPan = reasons.filter(({ lines }) => lines[0]?.line.product.sku === 'kitchen-001')
  expect(share(ofPan, ({ reason }) => reason === 'quality')).toBeGreaterThan(0.6)
  expect(new Set(reasons.map(({ reason }) => reason)).size).toBe(8)
})

test('every sixth to fourth buyer is back within 30 days, tea drinkers more of them than buyers of candles', () => {
  const lives = new Map<string, Order[]>()
  for (const { order } of orders) {
    if (order.paidAt === undefined || order.cancelledAt !== undefined) continue
    const life = lives.get(order.customer_id)
    if (life) life.push(order)
    else lives.set(order.customer_id, [order])
  }
  const rate = (days: number, category?: string) => {
    const known = [...lives.values()].filter(
      ([first]) =>
        first &&
        first.placedAt + days * day <= startOf(anchor + 1) &&
        (!category || first.lines[0]?.product.category === category),
    )
    return share(known, ([first, second]) => !!first && !!second && second.placedAt - first.placedAt <= days * day)
  }
  between(rate(30), 0.15, 0.25)
  between(rate(60), 0.25, 0.42)
  expect(rate(60, 'tea')).toBeGreaterThan(1.5 * rate(60, 'scent'))
  const most = Math.max(...[...lives.values()].map((life) => life.length))
  between(most, 4, 12)
})
