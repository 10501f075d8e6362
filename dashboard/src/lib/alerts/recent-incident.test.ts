import { expect, test } from 'vitest'
import { bandsOfMetric, openIncidents } from './recent-incident.ts'

const one = (metric: string, state: 'open' | 'acknowledged' | 'resolved', group: string | null = null) => ({
  ...{ metric, state, group, subject: `${metric}!`, began_at: '2026-11-11T00:00:00Z' },
  resolved_at: state === 'resolved' ? '2026-11-11T01:00:00Z' : null,
})

test('what somebody must look at is not over, and is not told with another', () => {
  const all = [one('a', 'open'), one('b', 'acknowledged'), one('c', 'resolved'), one('d', 'open', 'a')]
  expect(openIncidents(all).map(({ metric }) => metric)).toEqual(['a', 'b'])
})

test('a chart tells the incidents of its own metric', () => {
  expect(
    bandsOfMetric([one('paid_gmv', 'open'), one('visitors', 'open'), one('paid_gmv', 'resolved')], 'paid_gmv'),
  ).toEqual([
    { name: 'paid_gmv!', began_at: '2026-11-11T00:00:00Z', resolved_at: null },
    { name: 'paid_gmv!', began_at: '2026-11-11T00:00:00Z', resolved_at: '2026-11-11T01:00:00Z' },
  ])
})
