import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runReturnOutliers } from './run-return-outliers.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const asked = { store_id: 's', from: '2026-10-01', to: '2026-11-03', as_of: '2026-11-10T00:00:00+08:00' }

const placed_at = '2026-10-01 03:00:00.000'
const orderOf = (at: number) => {
  const sku = at < 40 ? 'bad' : at < 80 ? 'good' : 'fine'
  return {
    ...{ store_id: 's', order_id: `o${at}`, source: 'ledger', status: 'completed', customer_id: `c${at}`, gross: '10' },
    ...{ placed_at, paid_at: placed_at, updated_at: placed_at, 'lines.line_no': [1], 'lines.sku': [sku] },
    ...{
      'lines.name': [`The ${sku}`],
      'lines.category': [''],
      'lines.quantity': [1],
      'lines.price': [10],
      'lines.discount': [0],
    },
  }
}
const refundOf = (at: number) => {
  const refunded_at = '2026-10-05 03:00:00.000'
  return {
    store_id: 's',
    refund_id: `r${at}`,
    order_id: `o${at}`,
    refunded_at,
    updated_at: refunded_at,
    amount: '10',
    reason: 'quality',
  }
}

beforeAll(async () => {
  opened = await openTestWarehouse()
  const numbers = [...Array(120).keys()]
  const refunded = numbers.filter((at) => at < 16 || [40, 41, 80, 81].includes(at))
  await opened.warehouse.insert({ table: 'orders', format: 'JSONEachRow', values: numbers.map(orderOf) })
  await opened.warehouse.insert({ table: 'refunds', format: 'JSONEachRow', values: refunded.map(refundOf) })
})
afterAll(() => opened.close())

test('what comes back more often than everything else is named, with what that costs', async () => {
  const { results, meta } = await runReturnOutliers(opened.warehouse, store, asked)
  // 16 of 40 against 4 of 80: by value 160 − 5 % of 400 = 140. Wilson: centre (0.4 + 9/80) ÷ 1.225 = 0.418367, spread
  // 3 × √(0.24/40 + 9/6400) ÷ 1.225 = 0.210774.
  expect(results).toEqual([
    { value: 'bad', name: 'The bad', paid_orders: 40, returned_orders: 16, return_rate: 0.4, rate_at_least: expect.closeTo(0.207593, 4), rest_rate: 0.05, returned_amount: 160, excess_amount: 140 },
  ]) // biome-ignore format: one row
  expect(meta).toMatchObject({ judged: 3, minimum_orders: 30, to: '2026-10-11T00:00:00+08:00' })
  const none = async (more: object) => (await runReturnOutliers(opened.warehouse, store, { ...asked, ...more })).results
  expect(await none({ minimum_orders: 41 })).toEqual([])
  expect(await none({ maturity_days: 60 })).toEqual([])
  expect((await none({ filters: [['is', 'reason', ['quality']]] })).map(({ value }) => value)).toEqual(['bad'])
  expect(await none({ filters: [['is', 'reason', ['late']]] })).toEqual([])
})
