import { presetRules } from '@guanlan/warehouse/alerts/presets'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backtestRule } from '../backtest-rule.ts'
import type { Rule } from './series.ts'
import { visits } from './testing.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const time_zone = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}+08:00`)
/** Nine visits a minute on a weekday, a third more at a weekend. */
const usual = (day: number) => ([0, 6].includes(new Date(day + 8 * hourMs).getUTCDay()) ? 12 : 9)

let opened: Awaited<ReturnType<typeof openTestWarehouse>>

/** A store from a day on until another, day by day in so many visits a minute. */
async function shop(store_id: string, from: string, to: string, rate: (day: number) => number) {
  for (let day = at(`${from}T00:00`); day < at(`${to}T00:00`); day += dayMs) {
    await visits(opened.warehouse, store_id, { channel: 'direct', perMinute: rate(day), from: day, to: day + dayMs })
  }
}

const ruleOf = (store_id: string, over: object = {}): Rule => ({
  ...{ store_id, id: 'preset_traffic', version: 1, actor: 'test', at: '' },
  value: { ...kinds.rule.parse(presetRules.get('preset_traffic')), ...over },
})
const alarms = async (store_id: string, to: string, days: number, over: object = {}) => {
  const store = { store_id, time_zone, currency: 'CNY' }
  const { alarms: told } = await backtestRule(opened.warehouse, store, ruleOf(store_id, over), { days, now: at(to) })
  return told
}

beforeAll(async () => {
  opened = await openTestWarehouse()
  // 2026: 20 September is a Sunday that is worked, 25 to 27 are off, and so are 1 to 7 October, from a Thursday on.
  const calm: Record<string, number> = { '2026-09-20': 9, '2026-09-25': 7 }
  const told = (day: number) => calm[new Date(day + 8 * hourMs).toISOString().slice(0, 10)]
  await shop('s', '2026-09-09', '2026-10-01', (day) => told(day) ?? usual(day))
  await shop('s', '2026-10-01', '2026-10-02', () => 6.3)
  const noon = at('2026-10-02T12:00')
  await visits(opened.warehouse, 's', { channel: 'direct', perMinute: 6.3, from: at('2026-10-02T00:00'), to: noon })
  await visits(opened.warehouse, 's', { channel: 'direct', perMinute: 1.8, from: noon, to: noon + 4 * hourMs })
}, 300_000)
afterAll(() => opened.close())

test('a holiday with 30 % less than usual raises nothing, nor does a Sunday that is worked', async () => {
  const condition = { type: 'anomaly', direction: 'drop', wanted_per_week: 2 }
  expect(await alarms('s', '2026-10-02T12:00', 2, { grain: 'hour', condition })).toEqual([])
  expect(await alarms('s', '2026-10-02T12:00', 14)).toEqual([])
}, 120_000)

test('on a holiday a fall by 80 % is told within a quarter of an hour', async () => {
  const [told, ...more] = await alarms('s', '2026-10-02T16:00', 1)
  expect(more).toEqual([])
  expect(told).toMatchObject({ finding: 'drop' })
  const after = Date.parse(told?.at ?? '') - at('2026-10-02T12:00')
  expect(after).toBeGreaterThan(0)
  expect(after).toBeLessThanOrEqual(15 * 60_000)
}, 120_000)

test('against the week before nothing is said where one of the two days is off', async () => {
  const over = { grain: 'day', condition: { type: 'change', direction: 'drop', by: 0.25, for_points: 1 } }
  // Thursday 1 October had 30 % less than the Thursday before, Friday 25 September was off as well.
  expect((await alarms('s', '2026-10-02T00:00', 3, over)).map(({ began_at }) => began_at)).toEqual([])
}, 120_000)
