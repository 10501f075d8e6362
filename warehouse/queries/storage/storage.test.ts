import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestWarehouse } from '../../testing.ts'
import { readStorage } from './storage.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
beforeAll(async () => {
  opened = await openTestWarehouse()
})
afterAll(() => opened.close())

test('tables are told with their rows, their weight and how they grew today', async () => {
  const refund = (refund_id: string, more: object = {}) => ({ store_id: 's', refund_id, amount: '1', ...more })
  const values = [refund('1'), refund('2'), refund('old', { inserted_at: '2026-01-01 00:00:00.000' })]
  await opened.warehouse.insert({ table: 'refunds', values, format: 'JSONEachRow' })
  const { version, disk, tables } = await readStorage(opened.warehouse)
  expect(version).toMatch(/^\d+\.\d+/)
  expect(disk.free_bytes).toBeGreaterThan(0)
  expect(disk.total_bytes).toBeGreaterThanOrEqual(disk.free_bytes)
  const refunds = tables.find(({ table }) => table === 'refunds')
  expect(refunds).toMatchObject({ rows: 3, parts: 1, day_rows: 2 })
  expect(refunds?.day_bytes).toBe(Math.round(((refunds?.bytes ?? 0) * 2) / 3))
  expect(tables.find(({ table }) => table === 'migrations')?.day_rows).toBeNull()
})
