import type { Incident } from '@guanlan/warehouse/alerts/incident'
import type { Waiting } from '@guanlan/warehouse/alerts/outbox'

/** Visitors from Douyin fell from 1,000 to 380 at 10:35 in Shanghai on 11 November; for tests. */
export const fallen: Incident = {
  rule: { id: 'visitors', name: '访客骤降', version: 1 },
  metric: 'visitors',
  grain: 'five_minutes',
  slice: { dimension: 'channel', value: 'douyin' },
  finding: 'drop',
  severity: 'critical',
  state: 'open',
  opened_at: '2026-11-11T02:45:00.000Z',
  began_at: '2026-11-11T02:35:00.000Z',
  acknowledged: null,
  escalated_at: null,
  silenced_until: null,
  resolved_at: null,
  reopened: 0,
  owner: '',
  group: null,
  value: { at: '2026-11-11T02:40:00.000Z', expected: 1000, lower: 800, upper: 1200, actual: 380 },
  explanation: {
    currency: 'CNY',
    money: { expected: 54_000, actual: 20_000, gap: -34_000, per_hour: 12_345 },
    factors: { visitors: -30_000, conversion_rate: -3000, spend_per_buyer: -1000 },
    causes: [
      { slices: [{ dimension: 'channel', value: 'douyin' }], expected: 1000, actual: 380, share: 0.71 },
      {
        slices: [
          { dimension: 'device', value: 'mobile' },
          { dimension: 'campaign', value: '<@all> [点我](http://evil.example) *x*' },
        ],
        expected: 100,
        actual: 80,
        share: 0.12,
      },
    ],
    changes: [{ at: '2026-11-11T02:31:00.000Z', type: 'price', text: '面膜 ¥99 → ¥129' }],
    playbook: [{ zh: '看直播间是否被限流。', en: 'See whether the live room is throttled.' }],
    data_trouble: null,
    until: '2026-11-11T02:45:00.000Z',
  },
  comments: [],
  feedback: null,
  links_used: [],
}

/** A notification that waits for the contact point `group`; for tests. */
export const waitingOf = (more: Partial<Waiting> = {}): Waiting => ({
  ...{ store_id: 'main', incident_id: 'incident-1', incident_version: 1, transition: 'opened', value: fallen },
  ...{ at: '2026-11-11T02:45:10.000Z', contact_point_id: 'group', target: 'group', attempts: 0 },
  next_at: '1970-01-01T00:00:00.000Z',
  message_key: '',
  ...more,
})
