import { presetRules } from '@guanlan/warehouse/alerts/presets'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { expect, test } from 'vitest'
import { mutes } from './muted.ts'
import { definitionOf, denominatorOf, type Rule, ripensMs, seriesKind } from './series.ts'
import { watchOptions, whyNot } from './watched-series.ts'

const ruleOf = (values: object): Rule => ({
  ...{ store_id: 's', id: 'r', version: 1, actor: 'test', at: '' },
  value: kinds.rule.parse({ name: 'r', metric: 'sessions', grain: 'minute', severity: 'info', condition: { type: 'anomaly', direction: 'drop' }, ...values }), // biome-ignore format: one rule
})

test('every ready-made rule can be watched; one that asks what its facts do not know says so', () => {
  for (const value of presetRules.values()) expect(whyNot(ruleOf(value))).toBeUndefined()
  expect(whyNot(ruleOf({ by: 'province' }))).toBe('sessions cannot be asked of province')
  expect(whyNot(ruleOf({ filters: [['is', 'coupon', ['a']]] }))).toBe('sessions cannot be asked of coupon')
  expect(whyNot(ruleOf({ condition: { type: 'share', above: 0.5 } }))).toMatch(/a share is of the values/)
})

test('the kind of a series follows from its metric, and what stands behind a value from what it is made of', () => {
  expect(['sessions', 'conversion_rate', 'paid_gmv', 'session_seconds', 'aov', 'net_sales', 'lcp_p75', 'cls_p75'].map((metric) => seriesKind(metric as 'sessions'))).toEqual(['count', 'ratio', 'money', 'latency', 'unknown', 'unknown', 'latency', 'latency']) // biome-ignore format: one line
  expect(['conversion_rate', 'paid_gmv', 'gmv', 'refund_amount', 'sessions', 'lcp_p75'].map((metric) => denominatorOf(metric as 'sessions'))).toEqual(['visitors', 'paid_orders', 'orders', 'refunds', undefined, 'measured_pageviews']) // biome-ignore format: one line
})

test('a rule that is renamed or more sensitive keeps what it has learnt, another metric or filter does not', () => {
  const one = definitionOf(ruleOf({}))
  expect(definitionOf(ruleOf({ name: 'x', condition: { type: 'anomaly', direction: 'both', wanted_per_week: 3 } }))).toBe(one) // biome-ignore format: one line
  expect(definitionOf(ruleOf({ metric: 'visitors' }))).not.toBe(one)
  expect(definitionOf(ruleOf({ filters: [['is', 'channel', ['a']]] }))).not.toBe(one)
})

test('the alarms that are wanted of a rule are shared by its series', () => {
  const rule = ruleOf({ by: 'channel', condition: { type: 'anomaly', direction: 'drop', wanted_per_week: 0.5 } })
  expect([1, 10, 100].map((count) => watchOptions(rule, count))).toMatchObject([{ wantedPerWeek: 0.5 }, { wantedPerWeek: 0.05 }, { wantedPerWeek: 0.02 }]) // biome-ignore format: one line
})

test('hours of what is paid wait until it is paid, and missing data mute what the storefront tells', () => {
  expect(['sessions', 'paid_gmv', 'conversion_rate', 'refund_rate'].map((metric) => ripensMs(ruleOf({ metric, grain: 'hour' })) / 60_000)).toEqual([0, 10, 10, 10]) // biome-ignore format: one line
  expect(ripensMs(ruleOf({ metric: 'paid_gmv' }))).toBe(0)
  const troubles = [{ start: 100, end: 200 }]
  const during = (metric: string, start: number, end: number) => mutes(troubles, ruleOf({ metric }), { start, end })
  expect([during('sessions', 0, 100), during('sessions', 0, 101), during('sessions', 199, 260), during('sessions', 200, 260)]).toEqual([false, true, true, false]) // biome-ignore format: one line
  expect(during('refunds', 100, 200)).toBe(false)
})
