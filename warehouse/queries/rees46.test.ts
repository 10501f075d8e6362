import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../rollups/testing.ts'
import { openTestWarehouse } from '../testing.ts'
import { runFunnel } from './funnel/run-funnel.ts'
import { runQuery } from './query/run-query.ts'
import { hasRealShops, loadRees46, truthOf } from './real-shops.ts'
import type { Store } from './store.ts'

describe.skipIf(!hasRealShops)('a clickstream of three hours', () => {
  let opened: Awaited<ReturnType<typeof openTestWarehouse>>
  let store: Store
  const truth = hasRealShops ? truthOf('rees46') : {}
  const date_range: [string, string] = ['2019-10-01', '2019-10-02']
  const ask = (request: object) =>
    runQuery(opened.warehouse, store, { store_id: 'rees46', date_range, ...request } as Parameters<typeof runQuery>[2])

  beforeAll(async () => {
    opened = await openTestWarehouse()
    store = await loadRees46(opened.warehouse)
  })
  afterAll(() => opened?.close())

  test('its totals are those that pandas found, five exact copies counted once', async () => {
    const metrics = ['events', 'product_views', 'add_to_carts', 'visitors', 'buyers', 'orders', 'gmv', 'conversion_rate', 'aov', 'spend_per_buyer'] // biome-ignore format: a list of metrics
    expect((await ask({ metrics })).results[0]?.metrics).toEqual([
      17429,
      17051,
      164,
      4504,
      193,
      200,
      59442.63,
      193 / 4504,
      297.2132,
      307.9929,
    ])
  })

  test('so is every hour', async () => {
    const metrics = ['visitors', 'buyers', 'orders', 'gmv', 'aov']
    const { results } = await ask({ metrics, grain: 'hour' })
    expect(results).toHaveLength(24)
    expect(results.slice(0, 3).map(({ metrics }) => metrics.slice(0, 4))).toEqual(
      ['0', '1', '2'].map((hour) => {
        const { visitors, buyers, orders_sessions_with_purchase: orders, gmv } = truth.by_hour_utc[hour]
        return [visitors, buyers, orders, gmv]
      }),
    )
    expect(results[1]).toEqual({ dimensions: ['2019-10-01T01:00:00Z'], metrics: [102, 0, 0, 0, null] })
  })

  test('the funnel is that of the best start, of the first start and of no order, whatever the window', async () => {
    const steps = [{ name: 'view_item' }, { name: 'add_to_cart' }, { name: 'purchase' }]
    for (const [window_seconds, name] of [[86_400, 'c_ordered_1d_any_start'], [3_600, 'c_ordered_1h_any_start']] as const) {
      const { results } = await runFunnel(opened.warehouse, store, { store_id: 'rees46', steps, window_seconds, date_range })
      expect(results.map(({ visitors }) => visitors)).toEqual([4504, 111, 62])
      expect(results.map(({ visitors }) => visitors)).toEqual(truth.funnel.visitor[name].reached)
    } // biome-ignore format: two windows
    for (const [order, truthful] of [['first_start', truth.funnel.visitor.d_ordered_1d_from_first_step_event_only.reached], ['unordered', truth.funnel.visitor.a_unordered_cumulative_intersection]] as const) {
      const { results } = await runFunnel(opened.warehouse, store, { store_id: 'rees46', steps, window_seconds: 86_400, order, date_range })
      expect(results.map(({ visitors }) => visitors)).toEqual([4504, 111, 62])
      expect(results.map(({ visitors }) => visitors)).toEqual(truthful)
    } // biome-ignore format: two orders
    const { results } = await runFunnel(opened.warehouse, store, {
      store_id: 'rees46',
      steps: [{ name: 'view_item' }, { name: 'purchase' }],
      window_seconds: 86_400,
      date_range,
    })
    expect(results.map(({ visitors }) => visitors)).toEqual([4504, 192])
  })

  test('recomputed, with the sender’s sessions trusted, rollups say the same', async () => {
    await opened.warehouse.insert({
      table: 'settings',
      format: 'JSONEachRow',
      values: [
        {
          store_id: 'rees46',
          kind: 'store',
          id: 'rees46',
          version: 1,
          value: JSON.stringify({ name: 'x', time_zone: 'UTC', currency: 'USD', trusts_sender_sessions: true }),
          actor: 'test',
          at: '2026-01-01 00:00:00.000',
        },
      ],
    })
    await settle(opened.warehouse, 'rees46')
    const { results, meta } = await ask({ metrics: ['sessions', 'events', 'visitors', 'buyers', 'orders', 'gmv'] })
    // 5,066 ids; one of them is sent by two visitors, and a session is of one.
    expect(results[0]?.metrics).toEqual([5067, 17429, 4504, 193, 200, 59442.63])
    expect(meta.read).toBe('rollups')
  })

  test('a brand’s part is asked by a property', async () => {
    const { results } = await runFunnel(opened.warehouse, store, {
      store_id: 'rees46',
      steps: ['view_item', 'purchase'].map((name) => ({ name, where: [['is', 'properties.brand', ['apple']]] })),
      window_seconds: 86_400,
      date_range,
    })
    expect(results[0]?.visitors).toBeGreaterThan(results[1]?.visitors ?? 0)
    expect(results[1]?.visitors).toBeGreaterThan(0)
  })
})
