import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { runCohorts } from './cohorts/run-cohorts.ts'
import { runQuery } from './query/run-query.ts'
import { hasRealShops, loadOlist, truthOf } from './real-shops.ts'
import { runRepurchase } from './repurchase/run-repurchase.ts'
import { runRfm } from './rfm/run-rfm.ts'
import type { Store } from './store.ts'

describe.skipIf(!hasRealShops)('a marketplace over a year, with two clock changes at midnight', () => {
  let opened: Awaited<ReturnType<typeof openTestWarehouse>>
  let store: Store
  const truth = hasRealShops ? truthOf('olist') : {}
  const period = { from: '2017-01-01', to: '2018-01-01' }
  const asked = { store_id: 'olist', ...period }
  const ask = (request: object) =>
    runQuery(opened.warehouse, store, {
      store_id: 'olist',
      date_range: [period.from, period.to],
      ...request,
    } as Parameters<typeof runQuery>[2])
  const counted = [['is_not', 'status', ['cancelled', 'unfulfillable']]]

  beforeAll(async () => {
    opened = await openTestWarehouse()
    store = await loadOlist(opened.warehouse)
  })
  afterAll(() => opened?.close())

  test('its totals and statuses are those that pandas found', async () => {
    expect((await ask({ metrics: ['gmv', 'orders', 'counted_orders', 'units', 'paid_gmv', 'unpaid_gmv', 'cancelled_gmv'] })).results[0]?.metrics.slice(0, 4)).toEqual([1381936.76, 10000, 9845, 11252]) // biome-ignore format: one comparison
    expect((await ask({ metrics: ['gmv', 'orders', 'units'], filters: counted })).results[0]?.metrics).toEqual([
      1371628.88, 9845, 11194,
    ])
    const statuses = await ask({ metrics: ['orders'], dimensions: ['raw_status'] })
    expect(Object.fromEntries(statuses.results.map((row) => [row.dimensions[0], row.metrics[0]]))).toEqual(
      truth.status_counts,
    )
  })

  test('gross splits into paid, unpaid and cancelled without a remainder', async () => {
    const { results } = await ask({ metrics: ['gmv', 'paid_gmv', 'unpaid_gmv', 'cancelled_gmv'], grain: 'month' })
    for (const { metrics } of results) {
      const [gmv = 0, ...parts] = metrics.map((value) => Math.round((value ?? 0) * 10_000))
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(gmv)
    }
  })

  test('so is every day, those of the clock changes too', async () => {
    const { results } = await ask({ metrics: ['orders', 'gmv', 'units'], grain: 'day', filters: counted })
    expect(results).toHaveLength(365)
    expect(results.filter(({ metrics }) => metrics[0]).map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual(
      truth.daily_excluding_canceled_unavailable.map((day: Record<string, number>) => [day.date, day.orders, day.gmv_items, day.units]),
    ) // biome-ignore format: one comparison
    const months = await ask({ metrics: ['orders', 'gmv', 'units'], grain: 'month' })
    expect(months.results.map(({ dimensions, metrics }) => [dimensions[0], ...metrics])).toEqual(
      Object.entries<Record<string, number>>(truth.monthly_all_statuses).map(([month, of]) => [`${month}-01`, of.orders, of.gmv_items, of.units]),
    ) // biome-ignore format: one comparison
  })

  test('a day that begins at one o’clock has 23 hours, one with midnight twice has 25', async () => {
    const hours = async (from: string, to: string) => (await ask({ metrics: ['orders'], grain: 'hour', date_range: [from, to] })).results.map(({ dimensions }) => dimensions[0]) // biome-ignore format: one line
    const spring = await hours('2017-10-15', '2017-10-16')
    expect([spring.length, spring[0], spring.at(-1)]).toEqual([
      23,
      '2017-10-15T01:00:00-02:00',
      '2017-10-15T23:00:00-02:00',
    ])
    const autumn = await hours('2017-02-18', '2017-02-19')
    expect([autumn.length, ...autumn.slice(-2)]).toEqual([25, '2017-02-18T23:00:00-02:00', '2017-02-18T23:00:00-03:00'])
  })

  test('categories by gmv are', async () => {
    const { results } = await ask({ metrics: ['gmv', 'units', 'orders'], dimensions: ['category'], limit: 20 })
    expect(results.map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual(
      truth.categories_top20_by_gmv.map((one: Record<string, number>) => [one.category, one.gmv_items_all_statuses, one.units, one.orders]),
    ) // biome-ignore format: one comparison
  })

  test('repurchase, segments and cohorts leave cancelled and unfulfillable orders out', async () => {
    const { results } = await runRepurchase(opened.warehouse, store, { ...asked, windows: [30] })
    expect(results).toMatchObject([{ window_days: 30, eligible: 8585, repurchased: 46, rate: 46 / 8585 }])
    const segments = await runRfm(opened.warehouse, store, asked)
    const known = Object.entries<{ customers: number; value: number }>(
      truth.rfm_excl_canceled_unavailable.ntile.segments,
    )
    expect(Object.fromEntries(segments.results.map((row) => ['segment' in row && row.segment, 'customers' in row && [row.customers, row.monetary]]))).toEqual(
      Object.fromEntries(known.map(([name, { customers, value }]) => [name.replace(/^\d+_/, ''), [customers, value]])),
    ) // biome-ignore format: one comparison
    const cohorts = await runCohorts(opened.warehouse, store, asked)
    expect(Object.fromEntries(cohorts.results.map(({ cohort, active }) => [cohort, active]))).toEqual(
      Object.fromEntries(
        Object.entries<{ active: number[] }>(truth.cohort_monthly_excl_canceled_unavailable).map(([month, { active }]) => [month, active]),
      ),
    ) // biome-ignore format: one comparison
  })
})
