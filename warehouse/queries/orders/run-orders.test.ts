import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { runOrders } from './run-orders.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }

const order = (order_id: string, placed_at: string, values: object = {}) => ({
  store_id: 's',
  order_id,
  source: 'ledger',
  status: 'paid',
  customer_id: 'c1',
  placed_at,
  paid_at: placed_at,
  updated_at: placed_at,
  content_hash: 1,
  gross: '10.5',
  ...values,
})

beforeAll(async () => {
  opened = await openTestWarehouse()
  const values = [
    order('a', '2026-11-11 00:00:00.000'),
    order('b', '2026-11-11 00:00:01.000', { customer_id: '', paid_at: null, status: 'pending', channel: 'douyin' }),
    order('c', '2026-11-11 00:00:02.500', { customer_id: 'c2', province: '浙江', 'lines.line_no': [1, 2], 'lines.sku': ['tea', 'cup'], 'lines.name': ['Tea', ''], 'lines.category': ['', ''], 'lines.quantity': [2, 1], 'lines.price': [4, 2.5], 'lines.discount': [0, 0] }),
    // Moved from far in the future: its first version must neither stand above all nor hide who is there.
    order('moved', '2027-01-01 00:00:00.000', { updated_at: 1 }),
    order('moved', '2026-11-10 00:00:00.000', { updated_at: 2 }),
    // Of two sources the ledger's counts, though the browser says another time and price.
    order('a', '2026-11-12 00:00:00.000', { source: 'event', gross: '99' }),
    order('other', '2026-11-13 00:00:00.000', { store_id: 'another' }),
    order('lost', '2026-11-09 00:00:00.000', { customer_id: 'c2', status: 'cancelled', paid_at: null }),
  ] // biome-ignore format: a row a line
  await opened.warehouse.insert({ table: 'orders', values, format: 'JSONEachRow' })
})
afterAll(() => opened.close())

const ids = async (request: object) =>
  (await runOrders(opened.warehouse, store, { store_id: 's', ...request })).results.map(({ order_id }) => order_id)

test('orders come newest first, each once as the ledger tells it, without who ordered', async () => {
  const { results, meta } = await runOrders(opened.warehouse, store, { store_id: 's', limit: 3 })
  expect(results).toEqual([
    {
      order_id: 'c',
      placed_at: '2026-11-11T08:00:02.500+08:00',
      paid_at: '2026-11-11T08:00:02.500+08:00',
      status: 'paid',
      order_type: '',
      gross: 10.5,
      paid_gmv: 10.5,
      units: 3,
      channel: 'unattributed',
      province: '浙江',
      products: [
        { sku: 'tea', name: 'Tea', quantity: 2 },
        { sku: 'cup', name: '', quantity: 1 },
      ],
      // The cancelled one before it does not count.
      is_first_order: true,
    },
    expect.objectContaining({ order_id: 'b', paid_at: null, paid_gmv: 0, channel: 'douyin', is_first_order: null }),
    expect.objectContaining({
      order_id: 'a',
      placed_at: '2026-11-11T08:00:00+08:00',
      gross: 10.5,
      is_first_order: false,
    }),
  ])
  expect(meta).toEqual({ time_zone: 'Asia/Shanghai', currency: 'CNY', next: '2026-11-11T08:00:00+08:00/a' })
})

test('page by page no order is lost, also of those placed at one moment', async () => {
  const at = '2026-10-01 00:00:00.000'
  const same = Array.from({ length: 9 }, (_, index) => order(`same-${index}`, at, { store_id: 's2' }))
  await opened.warehouse.insert({ table: 'orders', values: same, format: 'JSONEachRow' })
  const seen: string[] = []
  let before: string | undefined
  do {
    const { results, meta } = await runOrders(
      opened.warehouse,
      { ...store, store_id: 's2' },
      { store_id: 's2', limit: 2, ...(before && { before }) },
    )
    seen.push(...results.map(({ order_id }) => order_id))
    before = meta.next ?? undefined
  } while (before)
  expect(seen).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0].map((index) => `same-${index}`))
})

test('an instant leaves out what was placed at it and later', async () => {
  expect(await ids({ before: '2026-11-11T08:00:01+08:00' })).toEqual(['a', 'moved', 'lost'])
  expect(await ids({ before: '2026-11-09T00:00:00Z' })).toEqual([])
  await expect(ids({ before: 'yesterday' })).rejects.toThrow('before')
  await expect(ids({ before: '2026-13-09T00:00:00Z' })).rejects.toMatchObject({ field: 'before' })
})

test('many versions of one order do not hide the orders before it', async () => {
  const versions = Array.from({ length: 40 }, (_, at) =>
    order('busy', `2026-12-01 00:00:00.${String(at).padStart(3, '0')}`, { updated_at: at + 1 }),
  )
  for (const version of versions.slice(0, 3)) {
    await opened.warehouse.insert({ table: 'orders', values: [version], format: 'JSONEachRow' })
  }
  await opened.warehouse.insert({ table: 'orders', values: versions, format: 'JSONEachRow' })
  expect(await ids({ limit: 2 })).toEqual(['busy', 'c'])
})
