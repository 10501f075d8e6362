import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Product, startProduct } from '../product.ts'
import { readApi } from '../read-api.ts'
import { runImport } from '../run-import.ts'
import { hasShopData, shopData } from '../shared-data.ts'

interface Answer {
  results: { dimensions: string[]; metrics: (number | null)[] }[]
}

// Whole journeys over real shops: files → import → ingest → ClickHouse → read API, against figures that were computed
// independently of all of these.
describe.skipIf(!hasShopData)('real shops', () => {
  let product: Product
  let api: ReturnType<typeof readApi>
  beforeAll(async () => {
    product = await startProduct()
    api = readApi(product)
  }, 240_000)
  afterAll(async () => {
    await product?.stop()
  }, 120_000)

  const files = (folder: string, ...names: string[]) => names.map((name) => `${shopData}${folder}/${name}`)
  const importTwice = async (preset: string, store: string, paths: string[], check: () => Promise<void>) => {
    const first = await runImport(product, preset, paths, store)
    expect(first.code, first.output).toBe(0)
    await flushed()
    await check()
    const second = await runImport(product, preset, paths, store)
    expect(second.code, second.output).toBe(0)
    await flushed()
    await check()
  }
  const flushed = async () => {
    for (let quiet = 0; quiet < 2; ) {
      const ready = (await (await fetch(`${product.ingest}/readyz`)).json()) as { spool: { segments: number } }
      quiet = ready.spool.segments === 0 ? quiet + 1 : 0
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }
  const totals = async (store_id: string, date_range: [string, string], metrics: string[]) => {
    const { results } = await api.post<Answer>('query', { store_id, metrics, dimensions: [], filters: [], date_range })
    return results[0]?.metrics
  }

  test('online-retail: gmv, buyers, refunds, repurchase, cohorts and every customer’s RFM', async () => {
    const truth = JSON.parse(await readFile(`${shopData}online-retail/truth.json`, 'utf8'))
    const range: [string, string] = ['2010-12-01', '2011-03-01']
    const period = { store_id: 'online-retail', from: range[0], to: range[1] }
    await importTwice('online-retail', 'online-retail', files('online-retail', 'orders.csv'), async () => {
      expect(
        await totals('online-retail', range, [
          'gmv',
          'paid_gmv',
          'orders',
          'buyers',
          'refunds',
          'refund_amount',
          'units',
        ]),
      ).toEqual([2038742.59, 2038742.59, 3745, 1682, 805, 231722.66, 1030579])
      const repurchase = await api.get<{ results: { window_days: number; eligible: number; repurchased: number }[] }>(
        'repurchase',
        { ...period, basis: 'first_order' },
      )
      expect(repurchase.results.find((row) => row.window_days === 30)).toMatchObject({
        eligible: 1273,
        repurchased: 389,
      })
      const cohorts = await api.get<{ results: { cohort: string; size: number; active: number[] }[] }>('cohorts', {
        ...period,
        grain: 'month',
      })
      for (const [month, cohort] of Object.entries<{ size: number; active: Record<string, number> | number[] }>(
        truth.cohort_monthly,
      )) {
        const mine = cohorts.results.find((row) => row.cohort === month)
        expect(mine?.size).toBe(cohort.size)
        expect(mine?.active.slice(0, Object.values(cohort.active).length)).toEqual(Object.values(cohort.active))
      }
      const rfm = await api.get<{ results: Record<string, string | number>[] }>('rfm', {
        ...period,
        as_of: '2011-03-01T00:00:00Z',
        per: 'customer',
      })
      const expected: Record<string, string>[] = parse(await readFile(`${shopData}online-retail/rfm.csv`), {
        columns: true,
      })
      const mine = new Map(rfm.results.map((row) => [row.customer_id, row]))
      expect(mine.size).toBe(expected.length)
      for (const row of expected) {
        const customer = mine.get(row.c ?? '')
        expect([customer?.r, customer?.f, customer?.m, customer?.segment], row.c).toEqual([
          Number(row.r),
          Number(row.f),
          Number(row.m),
          row.seg_ntile?.replace(/^\d+_/, ''),
        ])
      }
    })
    const daily = await api.post<Answer>('query', {
      store_id: 'online-retail',
      metrics: ['gmv', 'orders', 'buyers', 'units'],
      dimensions: ['time:day'],
      filters: [],
      date_range: range,
    })
    const byDay = new Map(daily.results.map((row) => [row.dimensions[0], row.metrics]))
    for (const day of truth.daily)
      expect(byDay.get(day.date), day.date).toEqual([day.gmv, day.orders, day.buyers, day.units])
  }, 240_000)

  test('rees46: visitors, buyers, orders, gmv and the funnel', async () => {
    const range: [string, string] = ['2019-10-01', '2019-10-02']
    await importTwice('rees46', 'rees46', files('rees46', 'events.csv'), async () => {
      expect(
        await totals('rees46', range, ['visitors', 'buyers', 'orders', 'gmv', 'events', 'conversion_rate']),
      ).toEqual([4504, 193, 200, 59442.63, 17429, expect.closeTo(0.042851, 6)])
      const funnel = await api.post<{ results: { visitors: number }[] }>('funnel', {
        store_id: 'rees46',
        steps: [{ name: 'view_item' }, { name: 'add_to_cart' }, { name: 'purchase' }],
        window_seconds: 86_400,
        date_range: range,
      })
      expect(funnel.results.map((row) => row.visitors)).toEqual([4504, 111, 62])
    })
  }, 240_000)

  test('olist: gmv, the count of each status, repurchase', async () => {
    const range: [string, string] = ['2017-01-01', '2018-01-01']
    const names = [
      'orders.csv',
      'order_items.csv',
      'customers.csv',
      'products.csv',
      'product_category_name_translation.csv',
    ]
    await importTwice('olist', 'olist', files('olist', ...names), async () => {
      expect(await totals('olist', range, ['gmv', 'orders'])).toEqual([1381936.76, 10_000])
      const byStatus = await api.post<Answer>('query', {
        store_id: 'olist',
        metrics: ['orders'],
        dimensions: ['status'],
        filters: [],
        date_range: range,
      })
      const counts = Object.fromEntries(byStatus.results.map((row) => [row.dimensions[0], row.metrics[0]]))
      expect(counts).toMatchObject({ delivered: 9649, cancelled: 57, unfulfillable: 98 })
      const repurchase = await api.get<{ results: { window_days: number; eligible: number; repurchased: number }[] }>(
        'repurchase',
        { store_id: 'olist', from: range[0], to: range[1], basis: 'first_order' },
      )
      expect(repurchase.results.find((row) => row.window_days === 30)).toMatchObject({
        eligible: 8585,
        repurchased: 46,
      })
    })
  }, 240_000)
})
