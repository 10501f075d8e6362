import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Warehouse } from './client.ts'
import { readMigrations } from './migrate.ts'
import { render, renderForCluster, statementOf } from './render.ts'
import { openTestWarehouse } from './testing.ts'

let warehouse: Warehouse
let close: () => Promise<void>
beforeAll(async () => {
  ;({ warehouse, close } = await openTestWarehouse())
})
afterAll(() => close())

test('the migrations for a cluster are these, and every statement is ClickHouse’s own SQL', async () => {
  const files = await Promise.all(
    (await readMigrations()).map(async ({ name, sql }) => {
      const statements = render(sql, 'shops')
      for (const statement of statements) {
        await warehouse.command({ query: 'SELECT formatQuery({sql:String})', query_params: { sql: statement } })
      }
      return `-- ${name}\n${statements.map((statement) => `${statement};\n`).join('')}`
    }),
  )
  await expect(files.join('\n')).toMatchFileSnapshot('./migrations.golden.sql')
})

test('on one server a migration is sent as it is written, without its comments', () => {
  const file = `-- Why.\nCREATE TABLE IF NOT EXISTS t (a String COMMENT 'it''s -- not; a comment') -- end\nENGINE = MergeTree ORDER BY a;\n`
  expect(render(file)).toEqual([
    `CREATE TABLE IF NOT EXISTS t (a String COMMENT 'it''s -- not; a comment')\nENGINE = MergeTree ORDER BY a`,
  ])
})

test('a file with two statements or with none is refused', () => {
  expect(() => statementOf('SELECT 1; SELECT 2')).toThrow('more than one statement')
  expect(() => statementOf('-- nothing\n')).toThrow('no statement')
})

test('a new column is added to both tables of a cluster, an index only to the one with rows', () => {
  expect(renderForCluster('ALTER TABLE orders ADD COLUMN IF NOT EXISTS note String', 'shops')).toEqual([
    'ALTER TABLE orders_local ON CLUSTER shops ADD COLUMN IF NOT EXISTS note String',
    'ALTER TABLE orders ON CLUSTER shops ADD COLUMN IF NOT EXISTS note String',
  ])
  expect(renderForCluster('ALTER TABLE orders ADD INDEX i note TYPE minmax', 'shops')).toEqual([
    'ALTER TABLE orders_local ON CLUSTER shops ADD INDEX i note TYPE minmax',
  ])
})

test('a view over tables that are cut differently is refused: each shard would see half of a pair', () => {
  const view = `CREATE VIEW IF NOT EXISTS v AS SELECT 1 FROM orders JOIN refunds USING (store_id, order_id)`
  expect(() => renderForCluster(view, 'shops')).toThrow('v reads tables that are cut differently')
})

test('a table that nobody has said how to cut is refused by name', () => {
  const table = 'CREATE TABLE IF NOT EXISTS novelty\n(\n    a String\n)\nENGINE = MergeTree\nORDER BY a'
  expect(() => renderForCluster(table, 'shops')).toThrow('warehouse/sharding.ts does not say how novelty is cut')
})

test('a statement that would reach one node of the cluster alone is refused', () => {
  expect(() => renderForCluster('OPTIMIZE TABLE orders FINAL', 'shops')).toThrow('cannot be rendered for a cluster')
})
