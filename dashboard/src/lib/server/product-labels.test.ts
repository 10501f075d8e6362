import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { productLabels } from './product-labels.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const told = (sku: string, name: string, updated_at: string) =>
  opened.warehouse.insert({
    table: 'products',
    format: 'JSONEachRow',
    values: [{ store_id: 'main', sku, name, updated_at, content_hash: 1, received_at: updated_at }],
  })
beforeAll(async () => {
  opened = await openTestWarehouse()
  await told('tea', '龙井', '2026-11-01 00:00:00.000')
})
afterAll(() => opened.close())

const labels = (skus: string[]) => {
  const store = { store_id: 'main', name: '', time_zone: 'Asia/Shanghai', currency: 'CNY' }
  return productLabels({ warehouse: opened.warehouse, store, asked: {} }, skus)
}

test('a product goes by its name, which is not asked for again at once, or by its sku', async () => {
  const label = await labels(['tea', 'cup', ''])
  expect(['tea', 'cup', ''].map(label)).toEqual(['龙井', 'cup', ''])
  await told('tea', '明前龙井', '2026-11-02 00:00:00.000')
  expect((await labels(['tea']))('tea')).toBe('龙井')
})

test('what others ask takes no name from who has it already', async () => {
  const label = await labels(['tea'])
  for (let from = 0; from <= 50_000; from += 10_000)
    await labels(Array.from({ length: 10_000 }, (_, at) => `${from + at}`))
  expect((await labels(['pot']))('pot')).toBe('pot')
  expect(label('tea')).toBe('龙井')
})
