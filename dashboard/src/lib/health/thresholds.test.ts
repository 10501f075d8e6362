import { expect, test } from 'vitest'
import { grade, worst } from './thresholds.ts'

test.each([
  ['spool_lag', 29.9, 'ok'],
  ['spool_lag', 30, 'attention'],
  ['spool_lag', 600, 'broken'],
  ['event_age', 6 * 3600 - 1, 'ok'],
  ['event_age', 30 * 86_400, 'attention'],
  ['rejected_share', 0.0099, 'ok'],
  ['rejected_share', 0.01, 'attention'],
  ['rejected_share', 0.2, 'broken'],
  ['bot_share', 1, 'attention'],
  ['reopened_days', 0, 'ok'],
  ['reopened_days', 1, 'attention'],
  ['rollup_lag', 600, 'attention'],
  ['rollup_lag', 21_600, 'broken'],
  ['differences', 1, 'attention'],
  ['failed_jobs', 1, 'attention'],
  ['oldest_job', 119, 'ok'],
  ['oldest_job', 1800, 'broken'],
  ['parts', 300, 'attention'],
  ['parts', 1000, 'broken'],
  ['disk_used', 0.849, 'ok'],
  ['disk_used', 0.95, 'broken'],
  ['redis_used', 0.8, 'attention'],
] as const)('%s of %d is %s', (name, value, state) => {
  expect(grade(name, value)).toBe(state)
})

test('the worst of several states counts', () => {
  expect(worst([])).toBe('ok')
  expect(worst(['ok', 'attention', 'ok'])).toBe('attention')
  expect(worst(['broken', 'attention'])).toBe('broken')
})
