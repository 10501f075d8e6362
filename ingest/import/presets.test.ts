import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from './testing-command.ts'
import { type ListeningIngest, startIngest } from './testing-ingest.ts'

const shops = fileURLToPath(new URL('../../../shared/data/shop/', import.meta.url))
if (!existsSync(shops))
  process.stderr.write('Skipped: there is no real shop data at ../shared/data, beside the checkout.\n')

// Whole files through the command, ingest and ClickHouse, against figures that were computed without any of them.
describe.skipIf(!existsSync(shops))('presets', () => {
  let ingest: ListeningIngest
  let dataDir: string
  beforeAll(async () => {
    ingest = await startIngest()
    dataDir = await mkdtemp(join(tmpdir(), 'guanlan-import-'))
  })
  afterAll(async () => {
    await ingest?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  const imported = async (preset: string, files: string[]) => {
    const env = { DATA_DIR: dataDir, SERVER_KEY: ingest.key }
    const done = await runCommand([preset, ...files, '--url', ingest.url], env)
    expect(done.code, done.output).toBe(0)
    return done.output
  }
  const ask = async (sql: string) => await ingest.ask<Record<string, unknown>>(sql)

  test('online-retail', async () => {
    const output = await imported('online-retail', [`${shops}online-retail/orders.csv`])
    expect(output).toMatch('3,745 sent, 3,745 accepted, 0 rejected; 2,444 lines left out by the filter')
    expect(
      await ask(`
          SELECT count() AS orders, toString(sum(gross)) AS gmv, uniqExact(if(customer_id = '', NULL, customer_id)) AS buyers,
            countIf(paid_at = placed_at) AS paid, sum(length(lines.sku)) AS lines, sum(arraySum(lines.quantity)) AS units,
            toString(sum(arraySum((q, p) -> q * p, lines.quantity, lines.price))) AS lines_sum
          FROM orders_current WHERE store_id = 'online-retail'`),
    ).toEqual([
      {
        orders: 3745,
        gmv: '2038742.59',
        buyers: 1682,
        paid: 3745,
        lines: 102891,
        units: 1030579,
        lines_sum: '2038742.59',
      },
    ])
    expect(
      await ask(`
          SELECT count() AS refunds, toString(sum(amount)) AS amount, countIf(order_id = '') AS unlinked
          FROM refunds FINAL WHERE store_id = 'online-retail'`),
    ).toEqual([{ refunds: 805, amount: '231722.66', unlinked: 805 }])
  }, 240_000)

  test('online-retail-2, the same shop a year before', async () => {
    await imported('online-retail', [`${shops}online-retail-2/orders.csv`, '--store', 'online-retail-2'])
    const [row] = await ask(`
      SELECT count() AS orders, toString(sum(gross)) AS gmv, sum(arraySum(lines.quantity)) AS units,
        uniqExact(if(customer_id = '', NULL, customer_id)) AS buyers
      FROM orders_current WHERE store_id = 'online-retail-2'`)
    expect(row).toEqual({ orders: 594, gmv: '568536.63', units: 422533, buyers: 155 })
  }, 240_000)

  test('rees46, twice', async () => {
    for (const time of ['first', 'second']) {
      await imported('rees46', [`${shops}rees46/events.csv`])
      expect(
        await ask(`
          SELECT count() AS events, uniqExact(visitor_id) AS visitors, uniqExact(session_id) AS sessions,
            countIf(name = 'view_item') AS views, countIf(name = 'add_to_cart') AS carts, countIf(name = 'purchase') AS purchases
          FROM events FINAL WHERE store_id = 'rees46'`),
        time,
      ).toEqual([{ events: 17429, visitors: 4504, sessions: 5066, views: 17051, carts: 164, purchases: 214 }])
      expect(
        await ask(`
          SELECT count() AS orders, toString(sum(gross)) AS gmv, uniqExact(customer_id) AS buyers, uniqExact(source) AS sources
          FROM orders_current WHERE store_id = 'rees46'`),
        time,
      ).toEqual([{ orders: 200, gmv: '59442.63', buyers: 193, sources: 1 }])
    }
  }, 240_000)

  test('olist', async () => {
    const names = (await readdir(`${shops}olist`)).filter((name) => name.endsWith('.csv'))
    await imported(
      'olist',
      names.map((name) => `${shops}olist/${name}`),
    )
    expect(
      await ask(`
          SELECT count() AS orders, toString(sum(gross)) AS gmv, toString(sum(shipping)) AS freight,
            uniqExact(customer_id) AS buyers, countIf(empty(lines.sku)) AS without_items
          FROM orders_current WHERE store_id = 'olist'`),
    ).toEqual([{ orders: 10000, gmv: '1381936.76', freight: '218056.74', buyers: 9920, without_items: 111 }])
    expect(
      await ask(
        `SELECT raw_status, status, count() AS n FROM orders_current WHERE store_id = 'olist' GROUP BY ALL ORDER BY n DESC`,
      ),
    ).toEqual([
      { raw_status: 'delivered', status: 'delivered', n: 9649 },
      { raw_status: 'shipped', status: 'fulfilled', n: 104 },
      { raw_status: 'unavailable', status: 'unfulfillable', n: 98 },
      { raw_status: 'canceled', status: 'cancelled', n: 57 },
      { raw_status: 'processing', status: 'paid', n: 47 },
      { raw_status: 'invoiced', status: 'paid', n: 43 },
      { raw_status: 'created', status: 'pending', n: 2 },
    ])
    const [products] = await ask(`SELECT count() AS n FROM products FINAL WHERE store_id = 'olist'`)
    expect(products).toEqual({ n: 6123 })
  }, 240_000)
})
