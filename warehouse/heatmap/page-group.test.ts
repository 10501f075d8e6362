import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { ask } from '../define-query.ts'
import { FilterValues } from '../queries/filter.ts'
import { openTestWarehouse } from '../testing.ts'
import { pageGrouping, pageGroupSql } from './page-group.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

const patterns = ['/product/*', '/collections/*/products/*', '/blog/**', '/a.b/*']

const groups: [path: string, group: string][] = [
  ['/', '/'],
  ['', ''],
  ['/cart', '/cart'],
  ['/cart/', '/cart'],
  // By the first pattern that fits: one part of a path each, or the rest of it.
  ['/product/green-tea', '/product/*'],
  ['/product/green-tea/', '/product/*'],
  ['/product/', '/product'],
  ['/product/p-001/reviews', '/product/*/reviews'],
  ['/collections/tea/products/cup', '/collections/*/products/*'],
  ['/blog/2026/11/tea', '/blog/**'],
  ['/a.b/x', '/a.b/*'],
  ['/aXb/x', '/aXb/x'],
  // Else by what looks like an id.
  ['/item/48213', '/item/*'],
  ['/item/48213.html', '/item/*'],
  ['/goods/sku123/', '/goods/*'],
  ['/goods/green-tea-20481', '/goods/*'],
  ['/goods/green-tea', '/goods/green-tea'],
  ['/sale/summer-2026', '/sale/summer-2026'],
  ['/checkout/step2', '/checkout/step2'],
  ['/o/0b2f61a4-9d1e-7c3a-8f00-1234567890ab', '/o/*'],
  ['/o/b2c3d4e5f6a7b8', '/o/*'],
  ['/商品/龙井', '/商品/龙井'],
]

test('a path belongs to the first pattern that fits, else its ids are left open', () => {
  const group = pageGrouping(patterns)
  expect(groups.map(([path]) => [path, group(path)])).toEqual(groups)
})

test('the warehouse groups paths alike', async () => {
  const values = new FilterValues()
  const sql = `SELECT path, ${pageGroupSql(patterns, values)} AS page FROM (SELECT arrayJoin({paths:Array(String)}) AS path)`
  const row = z.object({ path: z.string(), page: z.string() })
  const params = { ...values.params, paths: groups.map(([path]) => path) }
  const rows = await ask(opened.warehouse, { name: 'test', sql, row, params })
  expect(rows.map(({ path, page }) => [path, page])).toEqual(groups)
})

test('a pattern and a path that would keep a backtracking matcher busy for years are told apart at once', () => {
  const pattern = `/${Array(20).fill('*').join('-')}`
  expect(pageGrouping([pattern])(`/${'-'.repeat(1000)}/x`)).toBe(`/${'-'.repeat(1000)}/x`)
  expect(pageGrouping([pattern])(`/${Array(20).fill('a').join('-')}`)).toBe(pattern)
})

test('without patterns ids alone make groups', () => {
  expect(pageGrouping([])('/product/p-001')).toBe('/product/*')
  expect(pageGrouping([])('/product/green-tea')).toBe('/product/green-tea')
})
