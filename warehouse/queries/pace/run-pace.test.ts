import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Kind, Value } from '../../settings/kinds.ts'
import { openTestWarehouse } from '../../testing.ts'
import { runPace } from './run-pace.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = (store_id: string) => ({ store_id, time_zone: 'Asia/Shanghai', currency: 'CNY' })
const pace = (store_id: string, request: { from: string; to: string; as_of?: string; metric?: 'orders' }) =>
  runPace(opened.warehouse, store(store_id), { store_id, ...request })

/** Paid orders: when in Shanghai, and how much. */
async function sell(store_id: string, sales: [at: string, gross: number][]) {
  const values = sales.map(([at, gross]) => {
    const placed_at = new Date(`${at}+08:00`).toISOString().slice(0, 23).replace('T', ' ')
    return { store_id, order_id: at, source: 'ledger', status: 'paid', customer_id: at, placed_at, paid_at: placed_at, updated_at: placed_at, content_hash: 1, gross } // biome-ignore format: a row
  })
  await opened.warehouse.insert({ table: 'orders', values, format: 'JSONEachRow' })
}
async function plan<K extends Kind>(store_id: string, kind: K, id: string, value: Partial<Value<K>>) {
  const values = [{ store_id, kind, id, version: 1, value: JSON.stringify(value), actor: 'test', at: 0 }]
  await opened.warehouse.insert({ table: 'settings', values, format: 'JSONEachRow' })
}
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, at) => new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10))

const double11 = (year: number) => ({
  name: `${year} 双11`,
  type: 'promotion' as const,
  starts_at: `${year}-11-10T20:00:00+08:00`,
  ends_at: `${year}-11-12T00:00:00+08:00`,
})
/** 10,000: 4,000 in hour 0 from its start, 3,000 in hour 4 and in hour 20. */
const sold2025: [string, number][] = [
  ['2025-11-10T20:30:00', 4000],
  ['2025-11-11T00:30:00', 3000],
  ['2025-11-11T16:30:00', 3000],
]

beforeAll(async () => {
  opened = await openTestWarehouse()
  // A Sunday to begin with, then four weeks: 100 a day, 400 on Saturdays, a quarter of it in the morning.
  await sell('week', [
    ['2026-10-04T12:00:00', 100],
    ...days('2026-10-05', 28).flatMap((day, at): [string, number][] => {
      const gross = at % 7 === 5 ? 400 : 100
      return [
        [`${day}T10:15:00`, gross * 0.25],
        [`${day}T20:15:00`, gross * 0.75],
      ]
    }),
    // The week itself, half as good again: 150, 150, and the morning of Wednesday.
    ['2026-11-02T20:00:00', 150],
    ['2026-11-03T09:00:00', 150],
    ['2026-11-04T10:00:00', 37.5],
  ])
  await plan('week', 'target', 'week', { metric: 'paid_gmv', from: '2026-11-02', to: '2026-11-09', value: 1200 })
  await plan('week', 'target', 'orders', { metric: 'orders', from: '2026-11-02', to: '2026-11-09', value: 7 })
  await plan('week', 'target', 'monday', { metric: 'paid_gmv', from: '2026-11-09', to: '2026-11-10', value: 100 })

  for (const promo of ['promo', 'level']) {
    await sell(promo, [...sold2025, ['2026-11-10T20:00:10', 10_300]])
    for (const year of [2025, 2026]) await plan(promo, 'campaign', String(year), double11(year))
  }
  await plan('promo', 'target', 'days', { metric: 'paid_gmv', from: '2026-11-10', to: '2026-11-12', value: 20_000 })
  await sell('level', [
    ...days('2025-11-05', 5).map((day): [string, number] => [`${day}T12:00:00`, 100]),
    ...days('2026-11-04', 6).map((day): [string, number] => [`${day}T12:00:00`, 200]),
  ])
})
afterAll(() => opened.close())

const week = { from: '2026-11-02', to: '2026-11-09', as_of: '2026-11-04T15:00:00+08:00' }

test('a week in its third day is held against the usual week, and forecast to its end', async () => {
  // Usually 100 + 100 + 25 of 1,000 are there by then. The rest: 775 × (337.5 + 125) ÷ (225 + 125).
  expect(await pace('week', week)).toEqual({
    metric: 'paid_gmv',
    target: 1200,
    actual: 337.5,
    share_expected: 0.225,
    expected_by_now: 270,
    forecast: 1361.6071,
    forecast_low: 1361.6071,
    forecast_high: 1361.6071,
    meta: {
      time_zone: 'Asia/Shanghai',
      currency: 'CNY',
      unit: 'money',
      from: '2026-11-02T00:00:00+08:00',
      to: '2026-11-09T00:00:00+08:00',
      as_of: '2026-11-04T15:00:00+08:00',
      basis: 'hour_of_week',
      weeks: 4,
      like: null,
      target_basis: 'exact',
    },
  })
})

test('before it begins a period is forecast as usual; when it is over, its number is its end', async () => {
  const before = await pace('week', { ...week, as_of: '2026-11-02T00:00:00+08:00' })
  expect([before.actual, before.share_expected, before.expected_by_now, before.forecast]).toEqual([0, 0, 0, 1000])
  const over = await pace('week', { ...week, as_of: '2026-11-20T00:00:00+08:00' })
  expect([over.actual, over.share_expected, over.expected_by_now]).toEqual([337.5, 1, 1200])
  expect([over.forecast, over.forecast_low, over.forecast_high]).toEqual([337.5, 337.5, 337.5])
})

test('within an hour as much is expected in each moment', async () => {
  const { share_expected } = await pace('week', { ...week, as_of: '2026-11-02T10:30:00+08:00' })
  expect(share_expected).toBeCloseTo(0.0125)
})

test('targets are of a metric and of days: those that fill the days are added, others are none', async () => {
  const eight = await pace('week', { ...week, to: '2026-11-10' })
  expect([eight.target, eight.meta.target_basis]).toEqual([1300, 'sum'])
  const six = await pace('week', { ...week, to: '2026-11-08' })
  expect([six.target, six.expected_by_now, six.meta.target_basis]).toEqual([null, null, 'none'])
  expect((await pace('week', { ...week, metric: 'orders' })).target).toBe(7)
})

const promotion = {
  from: '2026-11-10T20:00:00+08:00',
  to: '2026-11-12T00:00:00+08:00',
  as_of: '2026-11-11T01:00:00+08:00',
}

test('a promotion goes by the hours of the earlier one from its start', async () => {
  // Five hours in, the earlier one had 7,000 of 10,000. The rest: 3,000 × (10,300 + 1,250) ÷ (7,000 + 1,250).
  const answer = await pace('promo', promotion)
  expect([answer.actual, answer.share_expected, answer.forecast]).toEqual([10_300, 0.7, 14_500])
  expect([answer.forecast_low, answer.meta.basis, answer.meta.like]).toEqual([null, 'campaign', '2025 双11'])
  expect(answer.meta.weeks).toBe(0)
  // The target is of whole days, and the promotion begins at 20:00.
  expect([answer.target, answer.meta.target_basis]).toEqual([null, 'none'])
})

test('the earlier one counts at the level that ordinary days have now', async () => {
  // 200 a day where it was 100: 14,000 of 20,000. The rest: 6,000 × (10,300 + 2,500) ÷ (14,000 + 2,500).
  const answer = await pace('level', promotion)
  expect([answer.share_expected, answer.forecast, answer.forecast_low]).toEqual([0.7, 14_954.5455, 14_954.5455])
})

test('without a history only the number is told', async () => {
  const answer = await pace('promo', { from: '2025-11-01', to: '2025-11-12', as_of: '2025-11-11T00:00:00+08:00' })
  expect([answer.actual, answer.share_expected, answer.forecast, answer.meta.basis]).toEqual([4000, null, null, 'none'])
})

test('what cannot be told is refused by name', async () => {
  const refused = (request: object) => pace('week', { ...week, ...request })
  await expect(refused({ metric: 'conversion_rate' })).rejects.toThrow(/Invalid option/)
  await expect(refused({ metric: 'ad_spend' })).rejects.toThrow(/known by the day/)
  await expect(refused({ to: '2026-11-02' })).rejects.toThrow(/must end after/)
  await expect(refused({ to: '2028-11-02' })).rejects.toThrow(/400 days at most/)
})
