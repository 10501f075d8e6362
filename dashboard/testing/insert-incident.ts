import { type Incident, type IncidentVersion, incident, type Transition } from '@guanlan/warehouse/alerts/incident'
import { writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Redis } from 'ioredis'

const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()

/** An incident as the watch writes one: fewer visitors from Douyin since half an hour ago, explained. */
export const incidentOf = (over: Partial<Incident> = {}): Incident =>
  incident.parse({
    rule: { id: 'rule-gmv', name: '支付金额骤降', version: 1 },
    ...{ metric: 'paid_gmv', grain: 'minute', slice: { dimension: 'channel', value: 'douyin' } },
    ...{ finding: 'drop', severity: 'critical', state: 'open', opened_at: ago(27), began_at: ago(30) },
    ...{ acknowledged: null, escalated_at: null, silenced_until: null, resolved_at: null, reopened: 0, owner: '' },
    ...{ group: null, comments: [], feedback: null, links_used: [] },
    value: { at: ago(1), expected: 200, lower: 150, upper: 250, actual: 116 },
    explanation: {
      currency: 'CNY',
      money: { expected: 6000, actual: 3480, gap: -2520, per_hour: -5040 },
      factors: { visitors: -2100, conversion_rate: -520, spend_per_buyer: 100 },
      causes: [
        { slices: [{ dimension: 'channel', value: 'douyin' }], expected: 3000, actual: 900, share: 0.83 },
        {
          slices: [
            { dimension: 'device', value: 'phone' },
            { dimension: 'province', value: '浙江' },
          ],
          ...{ expected: 800, actual: 380, share: 0.17 },
        },
      ],
      changes: [{ at: ago(34), type: 'deploy', text: '上线新版商品页' }],
      playbook: [{ zh: '把预算转到表现稳定的渠道。', en: 'Move budget to the channels that hold.' }],
      ...{ data_trouble: null, until: ago(1) },
    },
    ...over,
  })

/** Writes a version of an incident, the first unless told. */
export const insertIncident = (
  world: { warehouse: Warehouse; redis: Redis },
  incident_id: string,
  value: Incident,
  given: {
    store_id?: string
    read_version?: number
    transition?: Transition
    notify?: string[]
    actor?: string
    at?: Date
  } = {},
): Promise<IncidentVersion> =>
  writeIncident(world, {
    ...{ store_id: 'main', read_version: 0, transition: 'opened', notify: [], actor: 'watch' },
    ...{ at: new Date(Date.parse(value.opened_at)), incident_id, value },
    ...given,
  })
