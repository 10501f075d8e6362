import type { Incident } from '@guanlan/warehouse/alerts/incident'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { expect, test } from 'vitest'
import { quieter } from './quieter.ts'
import { ruleRecord } from './rule-record.ts'

const rated = (...feedbacks: Incident['feedback'][]) => ruleRecord(feedbacks.map((feedback) => ({ feedback })))
const rule = (condition: object) =>
  kinds.rule.parse({ name: 'r', metric: 'sessions', grain: 'minute', condition, severity: 'warning' })

test('precision is useful of rated, and nothing while nobody has rated', () => {
  expect(rated(null, null)).toEqual({ alarms: 2, rated: 0, precision: null, isNoisy: false })
  expect(rated('useful', 'noise', null, 'useful', 'expected')).toEqual({
    ...{ alarms: 5, rated: 4, precision: 0.5, isNoisy: false },
  })
})

test('a rule is noisy by three judgements, not by one', () => {
  expect(rated('noise', 'noise').isNoisy).toBe(false)
  expect(rated('noise', 'noise', 'useful').isNoisy).toBe(true)
})

test('a noisy rule is proposed half as sensitive, until it cannot be', () => {
  const anomaly = rule({ type: 'anomaly', direction: 'drop', wanted_per_week: 0.5 })
  expect(quieter(anomaly)?.condition).toEqual({ type: 'anomaly', direction: 'drop', wanted_per_week: 0.25 })
  expect(quieter(rule({ type: 'anomaly', direction: 'drop', wanted_per_week: 0.05 }))).toBeUndefined()
  expect(quieter(rule({ type: 'change', direction: 'drop', by: 0.3 }))?.condition).toMatchObject({ for_points: 6 })
  expect(quieter(rule({ type: 'threshold', is: 'above', value: 1, for_points: 60 }))).toBeUndefined()
  expect(quieter(rule({ type: 'forecast', below: 0.1 }))).toBeUndefined()
})
