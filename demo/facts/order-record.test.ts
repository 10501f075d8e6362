import { expect, test } from 'vitest'
import { Visits } from '../life/visits.ts'
import { parseDay } from '../shop/calendar.ts'
import { orderOf } from './order.ts'
import { changesOf, orderRecord } from './order-record.ts'

const shop = { seed: 1, anchor: parseDay('2026-11-20') }
const visits = new Visits(shop)
const ordersOn = (day: string) =>
  visits
    .on(parseDay(day))
    .filter(({ outcome }) => outcome === 'order')
    .map((visit) => orderOf(shop, visit))

test('an order goes through its life in the ledger, and knows at no moment what comes later', () => {
  const order = ordersOn('2026-11-10').find(({ delivery, type }) => delivery?.shippedAt && type === 'normal')
  if (!order) throw new Error('There is no such order.')
  const seen = changesOf(order).map(([at]) => orderRecord(order, at))
  expect(seen.map(({ status }) => status)).toEqual(['pending', 'paid', 'fulfilled', 'delivered', 'completed'])
  const has = (field: string) => seen.map((record) => field in record)
  expect(has('paid_at')).toEqual([false, true, true, true, true])
  expect(has('carrier')).toEqual([false, false, true, true, true])
  expect(has('delivered_at')).toEqual([false, false, false, true, true])
  expect(seen.map(({ updated_at }) => updated_at)).toEqual(changesOf(order).map(([at]) => new Date(at).toISOString()))
})

test('the changes of every order follow one another, and what is not paid is called off', () => {
  for (const order of [...ordersOn('2026-10-31'), ...ordersOn('2026-10-28')]) {
    const times = changesOf(order).map(([at]) => at)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    if (order.paidAt === undefined) expect(changesOf(order).at(-1)?.[1]).toBe('cancelled')
  }
})

test('a presale is paid on the main day', () => {
  const presales = ordersOn('2026-10-24').filter(({ type, paidAt }) => type === 'presale' && paidAt !== undefined)
  expect(presales.length).toBeGreaterThan(30)
  for (const { paidAt } of presales)
    expect(new Date((paidAt ?? 0) + 8 * 3_600_000).toISOString().slice(0, 10)).toBe('2026-10-31')
})
