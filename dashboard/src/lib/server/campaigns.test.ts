import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { campaignsOf } from './campaigns.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

test('of very many campaigns pages carry the latest', async () => {
  const day = (number: number) => new Date(Date.UTC(2020, 0, number)).toISOString()
  const values = Array.from({ length: 510 }, (_, at) => {
    const value = {
      name: `${at}`,
      type: 'other',
      starts_at: day(at),
      ends_at: day(at + 1),
      utm_campaigns: [],
      note: '',
    }
    return { store_id: 'main', kind: 'campaign', id: `${at}`, version: 1, value: JSON.stringify(value), actor: 'test' }
  })
  await opened.warehouse.insert({ table: 'settings', values, format: 'JSONEachRow' })
  const found = await campaignsOf(opened.warehouse, 'main')
  expect([found.length, found[0]?.id, found.at(-1)?.id]).toEqual([500, '509', '10'])
})
