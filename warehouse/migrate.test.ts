import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineQuery } from './define-query.ts'
import { instant } from './instant.ts'
import { migrate } from './migrate.ts'
import { openTestWarehouse } from './testing.ts'

test('migrations apply once and a typed query reads through them', async () => {
  const { warehouse, close } = await openTestWarehouse()
  expect(await migrate(warehouse)).toEqual([])
  const events = defineQuery({
    name: 'events',
    params: z.object({ store_id: z.string(), from: instant }),
    row: z.object({ n: z.number() }),
    sql: `SELECT count() AS n FROM events WHERE store_id = {store_id:String} AND occurred_at >= {from:DateTime64(3, 'UTC')}`,
  })
  expect(await events(warehouse, { store_id: 'a', from: '2026-11-11T00:00:00+08:00' })).toEqual([{ n: 0 }])
  await close()
})
