import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestWarehouse } from '../testing.ts'
import { runCohorts } from './cohorts/run-cohorts.ts'
import { runQuery } from './query/run-query.ts'
import { hasRealShops, loadOnlineRetail, rfmTruth, truthOf } from './real-shops.ts'
import { runRepurchase } from './repurchase/run-repurchase.ts'
import { runRfm } from './rfm/run-rfm.ts'
import type { Store } from './store.ts'

describe.skipIf(!hasRealShops)('a gift wholesaler, three months', () => {
  let opened: Awaited<ReturnType<typeof openTestWarehouse>>
  let store: Store
  const truth = hasRealShops ? truthOf('online-retail') : {}
  const period = { from: '2010-12-01', to: '2011-03-01' }
  const ask = (request: object) =>
    runQuery(opened.warehouse, store, {
      store_id: store.store_id,
      date_range: [period.from, period.to],
      ...request,
    } as Parameters<typeof runQuery>[2])
  const asked = { store_id: 'online-retail', ...period }

  beforeAll(async () => {
    opened = await openTestWarehouse()
    store = await loadOnlineRetail(opened.warehouse, 'online-retail')
  })
  afterAll(() => opened?.close())

  test('its totals are those that pandas found', async () => {
    const metrics = ['gmv', 'paid_gmv', 'orders', 'buyers', 'units', 'anonymous_paid_orders', 'refunds', 'refund_amount', 'unlinked_refunds', 'net_sales', 'return_rate', 'conversion_rate', 'aov', 'refund_rate'] // biome-ignore format: a list of metrics
    expect((await ask({ metrics })).results[0]?.metrics).toEqual([
      2038742.59,
      2038742.59,
      3745,
      1682,
      1030579,
      361,
      805,
      231722.66,
      805,
      1807019.93,
      0,
      null,
      544.3905,
      805 / 3745,
    ])
  })

  test('every day and month is', async () => {
    const days = await ask({ metrics: ['gmv', 'orders', 'buyers', 'units', 'refunds', 'refund_amount'], grain: 'day' })
    expect(days.results).toHaveLength(90)
    const busy = days.results.filter(({ metrics }) => metrics[1] !== 0)
    expect(busy.map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual(
      truth.daily.map((day: Record<string, number>) => [day.date, day.gmv, day.orders, day.buyers, day.units, day.cancel_invoices, day.cancel_value]),
    ) // biome-ignore format: one comparison
    const months = await ask({ metrics: ['gmv', 'orders', 'buyers', 'units'], grain: 'month' })
    expect(months.results.map(({ dimensions, metrics }) => [dimensions[0], ...metrics])).toEqual(
      Object.entries<Record<string, number>>(truth.monthly).map(([month, of]) => [`${month}-01`, of.gmv, of.orders, of.buyers, of.units]),
    ) // biome-ignore format: one comparison
  })

  test('so is each country and the best products', async () => {
    const countries = await ask({ metrics: ['gmv'], dimensions: ['province'] })
    expect(Object.fromEntries(countries.results.map((row) => [row.dimensions[0], row.metrics[0]]))).toEqual(
      truth.gmv_by_country,
    )
    const products = await ask({
      metrics: ['gmv', 'units', 'orders', 'refund_amount', 'refunds'],
      dimensions: ['product'],
      limit: 5000,
    })
    const best = truth.top20_products_by_gmv.map((one: Record<string, number>) => one.stock_code)
    expect(products.results.slice(0, 20).map(({ dimensions, metrics }) => [...dimensions, ...metrics])).toEqual(
      truth.top20_products_by_gmv.map((one: Record<string, number>) => [one.stock_code, one.gmv, one.units_sold, one.sale_orders, one.return_value, one.cancel_invoices]),
    ) // biome-ignore format: one comparison
    expect(best).toHaveLength(20)
  })

  test('repurchase counts who had the whole window, to the second', async () => {
    const first = await runRepurchase(opened.warehouse, store, asked)
    expect(first.results).toMatchObject([
      { window_days: 30, eligible: 1273, repurchased: 389, rate: 389 / 1273 },
      { window_days: 60, eligible: expect.any(Number), repurchased: expect.any(Number), rate: expect.any(Number) },
      { window_days: 90, eligible: 0, repurchased: 0, rate: null },
    ])
    expect(first.meta).toMatchObject({ as_of: '2011-02-28T17:01:00+00:00', customers: 1682 })
    const january = { ...asked, from: '2011-01-01', to: '2011-02-01', basis: 'period_buyers' as const, windows: [30] }
    expect((await runRepurchase(opened.warehouse, store, january)).results).toMatchObject([
      { window_days: 30, eligible: 693, repurchased: 239, rate: 239 / 693 },
    ])
  })

  test('cohorts are of the first order’s month', async () => {
    const { results } = await runCohorts(opened.warehouse, store, asked)
    expect(results.map(({ cohort, size, active }) => [cohort, size, active])).toEqual([
      ['2010-12', 885, [885, 324, 286]],
      ['2011-01', 417, [417, 92]],
      ['2011-02', 380, [380]],
    ])
    expect(results[0]?.orders[0]).toBeGreaterThan(885)
  })

  test('each customer’s recency, frequency, money, scores and segment are right', async () => {
    const { results, meta } = await runRfm(opened.warehouse, store, { ...asked, per: 'customer' })
    expect(meta).toMatchObject({ as_of: '2011-03-01T00:00:00+00:00', customers: 1682 })
    const found = results.map((row) =>
      'customer_id' in row
        ? [row.customer_id, row.recency_days, row.frequency, row.monetary, row.r, row.f, row.m, row.segment]
        : [],
    )
    const known = rfmTruth().map((row) => [
      row.c,
      ...[row.R, row.F, row.M, row.r, row.f, row.m].map((value) => Math.round(Number(value) * 10_000) / 10_000),
      row.seg_ntile?.replace(/^\d+_/, ''),
    ])
    const byId = (a: unknown[], b: unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)
    expect(found.toSorted(byId)).toEqual(known.toSorted(byId))
    const segments = await runRfm(opened.warehouse, store, asked)
    expect(segments.results[0]).toMatchObject({ segment: 'champions', customers: 305, monetary: 790214.2 })
    expect(segments.results.at(-1)).toMatchObject({ segment: 'lost', customers: 178, monetary: 52548.48 })
  })
})
