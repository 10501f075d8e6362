import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { expect, test } from 'vitest'
import type { Campaign } from './campaigns.ts'
import { visits } from './testing.ts'
import { readUplifts } from './uplift.ts'

const store = { store_id: 's', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const day = 86_400_000
const hour = 3_600_000
const campaign = (id: string, name: string, start: number): Campaign => ({
  ...{ id, name, type: 'promotion', utm_campaigns: [], note: '' },
  starts_at: new Date(start).toISOString(),
  ends_at: new Date(start + day).toISOString(),
})

test('what last year’s campaign made of each channel is known by the hours from its start', async () => {
  const { warehouse, close } = await openTestWarehouse()
  const last = campaign('a', '2025 双11', Date.parse('2025-11-10T12:00:00Z'))
  const next = campaign('b', '双11 2026', Date.parse('2026-11-10T12:00:00Z'))
  const start = Date.parse(last.starts_at)
  const from = start - 22 * day
  await visits(warehouse, 's', { channel: 'douyin', perMinute: 1, from, to: start })
  await visits(warehouse, 's', { channel: 'baidu', perMinute: 0.5, from, to: start })
  await visits(warehouse, 's', { channel: 'douyin', perMinute: 4, from: start, to: start + day })
  await visits(warehouse, 's', { channel: 'baidu', perMinute: 0.5, from: start, to: start + day })
  const asking = { metric: 'sessions' as const, filters: [], by: { dimension: 'channel' as const, values: ['douyin', 'baidu'] } } // biome-ignore format: one question
  const uplifts = await readUplifts(warehouse, store, asking, { campaign: next, campaigns: [last, next] }, {})
  expect(uplifts.get('douyin')?.(5.5 * hour)).toBeGreaterThan(3)
  expect(uplifts.get('douyin')?.(5.5 * hour)).toBeLessThan(5)
  expect(uplifts.get('baidu')?.(5.5 * hour)).toBeGreaterThan(0.6)
  expect(uplifts.get('baidu')?.(5.5 * hour)).toBeLessThan(1.5)
  expect(uplifts.get('douyin')?.(25 * hour)).toBeUndefined()
  const rate = await readUplifts(warehouse, store, { ...asking, metric: 'bounce_rate' }, { campaign: next, campaigns: [last, next] }, {}) // biome-ignore format: one question
  expect(rate.size).toBe(0)
  await close()
})
