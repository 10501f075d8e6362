import { presetRules } from '@guanlan/warehouse/alerts/presets'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backtestRule } from '../backtest-rule.ts'
import type { Rule } from './series.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const hourMs = 3_600_000
const begin = Date.parse('2026-10-01T00:00:00Z')
const days = 40
const now = begin + days * 24 * hourMs
const value = kinds.rule.parse(presetRules.get('preset_slow_pages'))
const rule: Rule = { ...{ store_id: '', id: 'preset_slow_pages', version: 1, actor: 'test', at: '' }, value }

/**
 * By day `busy` loads an hour, by night three; one in twelve is slow, and from `slowFrom` on seven in twelve. In some nights all three are.
 */
const shop = (store_id: string, busy: number, slowFrom: number) => `
  INSERT INTO events (store_id, message_id, name, timestamp, occurred_at, received_at, inserted_at, visitor_id, properties)
  SELECT '${store_id}', concat('m', toString(hour), '-', toString(n)), 'web_vitals', at, at, at, at, concat('v', toString(n)),
    CAST(concat('{"lcp":', if(slow, '5000', '900'), '}'), 'JSON(max_dynamic_paths=256)')
  FROM (
    SELECT hour, arrayJoin(range(if(hour % 24 < 8, 3, ${busy}))) AS n,
      toDateTime64(${begin / 1000} + hour * 3600 + 20 + n * 10, 3, 'UTC') AS at,
      if(hour % 24 < 8 AND intDiv(hour, 24) % 5 = 4, true, cityHash64(hour, n) % 12 < if(hour >= ${slowFrom}, 7, 1)) AS slow
    FROM (SELECT number AS hour FROM numbers(${days * 24}))
  )`

beforeAll(async () => {
  opened = await openTestWarehouse()
  const lastDay = (days - 1) * 24
  await opened.warehouse.command({ query: shop('large', 120, lastDay + 10) })
  await opened.warehouse.command({ query: shop('small', 12, lastDay + 10) })
}, 120_000)
afterAll(() => opened.close())

const alarms = (store_id: string) =>
  backtestRule(
    opened.warehouse,
    { store_id, time_zone: 'UTC', currency: 'CNY' },
    { ...rule, store_id },
    { days: 28, now },
  )

test('pages that grow slow are told within the hour, and a night of few loads that all are is not', async () => {
  const told = await alarms('large')
  expect(told.alarms).toMatchObject([
    { finding: 'spike', began_at: '2026-11-09T10:00:00.000Z', at: '2026-11-09T11:00:00.000Z' },
  ])
})

test('of a shop with a dozen loads an hour nothing is said', async () => {
  expect(await alarms('small')).toMatchObject({ alarms: [], series: 1 })
})
