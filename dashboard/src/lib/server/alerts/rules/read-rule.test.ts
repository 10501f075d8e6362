import { kinds, type Value } from '@guanlan/warehouse/settings/kinds'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formOf, openSettings } from '../../../../../testing/open-settings.ts'
import { listRules } from './list-rules.ts'
import { readRule } from './read-rule.ts'

let world: Awaited<ReturnType<typeof openSettings>>
const store = { store_id: 'main', name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
beforeAll(async () => {
  world = await openSettings()
})
afterAll(() => world.stop())

const good = { name: '转化率', metric: 'conversion_rate', grain: 'hour', severity: 'warning', enabled: 'on' }
const drop = { condition: 'anomaly', direction: 'drop', wanted_per_week: '0.25' }
const read = async (fields: Record<string, string>) => readRule(await formOf(fields), store)
const wrong = async (fields: Record<string, string>) => {
  const told = await read(fields)
  return 'fields' in told ? Object.keys(told.fields).sort() : []
}

test('every kind of condition is read as people write it', async () => {
  const condition = async (fields: Record<string, string>) => {
    const told = await read({ ...good, metric: 'paid_gmv', by: 'channel', ...fields })
    return 'value' in told ? told.value.condition : told.fields
  }
  expect(await condition(drop)).toEqual({ type: 'anomaly', direction: 'drop', wanted_per_week: 0.25 })
  expect(await condition({ condition: 'threshold', is: 'below', value: '12,000', for_points: '3' })).toEqual({
    ...{ type: 'threshold', is: 'below', value: 12_000, for_points: 3 },
  })
  expect(await condition({ condition: 'change', direction: 'both', by_percent: '30%' })).toEqual({
    ...{ type: 'change', direction: 'both', by: 0.3, for_points: 3 },
  })
  expect(await condition({ condition: 'share', above_percent: '70' })).toMatchObject({ type: 'share', above: 0.7 })
  expect(await condition({ condition: 'forecast', below_percent: '10' })).toEqual({ type: 'forecast', below: 0.1 })
  expect(await condition({ condition: 'data_stopped', minutes: '5' })).toEqual({ type: 'data_stopped', minutes: 5 })
})

test('what is wrong is named by its field', async () => {
  expect(await wrong({})).toContain('name')
  expect(await wrong({ ...good, ...drop, wanted_per_week: '-1' })).toEqual(['wanted_per_week'])
  expect(await wrong({ ...good, condition: 'share', above_percent: '120' })).toEqual(['above_percent'])
  expect(await wrong({ ...good, condition: 'share', above_percent: '70' })).toEqual(['by'])
  expect(await wrong({ ...good, condition: 'threshold', is: 'above', value: 'much' })).toEqual(['value'])
  expect(await wrong({ ...good, condition: 'forecast', below_percent: '10' })).toEqual(['metric'])
  expect(await wrong({ ...good, ...drop, by: 'page_type' })).toEqual(['by'])
  expect(await wrong({ ...good, ...drop, after_minutes: '0' })).toEqual(['after_minutes'])
})

test('what the form does not show stays: which ready-made rule it is, and filters of other kinds', async () => {
  const filters = [
    ['is', 'channel', ['douyin']],
    ['is_not', 'device', ['tablet']],
  ]
  const value = kinds.rule.parse({
    ...{ name: 'r', metric: 'sessions', grain: 'minute', severity: 'critical', preset: 'traffic', filters },
    condition: { type: 'anomaly', direction: 'drop' },
  }) as Value<'rule'>
  await writeSetting(world, { store_id: 'main', kind: 'rule', id: 'r', read_version: 0, value, actor: 'test' })
  const told = await read({ ...good, ...drop, id: 'r', filter_dimension: 'channel', filter_values: 'search，direct' })
  expect(told).toMatchObject({
    value: {
      preset: 'traffic',
      filters: [
        ['is', 'channel', ['search', 'direct']],
        ['is_not', 'device', ['tablet']],
      ],
    },
  })
})

test('the name of a ready-made rule, left as a reader sees it, stays one for readers of both languages', async () => {
  const value = kinds.rule.parse({
    ...{
      name: '全店流量骤降 Traffic drop',
      metric: 'sessions',
      grain: 'minute',
      severity: 'critical',
      preset: 'traffic',
    },
    condition: { type: 'anomaly', direction: 'drop' },
  }) as Value<'rule'>
  await writeSetting(world, { store_id: 'main', kind: 'rule', id: 'p', read_version: 0, value, actor: 'test' })
  const named = async (language: 'zh' | 'en') =>
    (await listRules('main', language)).find(({ id }) => id === 'p')?.name ?? ''
  expect([await named('zh'), await named('en')]).toEqual(['全店流量骤降', 'Traffic drop'])
  const saved = async (name: string) => {
    const told = await read({ ...good, ...drop, id: 'p', name })
    return 'value' in told ? told.value.name : told.fields
  }
  expect(await saved(await named('en'))).toBe('全店流量骤降 Traffic drop')
  expect(await saved('大促')).toBe('大促')
})
