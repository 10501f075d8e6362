import { type Incident, incident } from './incident.ts'

/** An incident that has just opened; for tests. */
export const openIncident = (values: Partial<Incident> = {}): Incident =>
  incident.parse({
    rule: { id: 'r', name: 'Traffic', version: 1 },
    ...{ metric: 'sessions', grain: 'minute', finding: 'drop', severity: 'critical', state: 'open' },
    slice: { dimension: 'channel', value: 'douyin' },
    ...{ opened_at: '2026-11-11T12:00:00.000Z', began_at: '2026-11-11T11:58:00.000Z' },
    ...{ acknowledged: null, escalated_at: null, silenced_until: null, resolved_at: null, reopened: 0, owner: '' },
    value: { at: '2026-11-11T12:00:00.000Z', expected: 100, lower: 70, upper: 130, actual: 30 },
    ...{ group: null, explanation: null, comments: [], feedback: null, links_used: [] },
    ...values,
  })
