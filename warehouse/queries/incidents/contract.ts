import { z } from 'zod'
import { dataTroubles, findingNames } from '../../alerts/incident.ts'
import { metricNames } from '../../metrics/catalog.ts'
import { ruleGrains, severities } from '../../settings/alerting.ts'
import { storeId } from '../../settings/store-id.ts'
import { dayOrInstant } from '../period.ts'

const states = ['open', 'acknowledged', 'resolved'] as const

/** What `GET /api/v1/incidents` is asked. */
export const incidentsRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    from: dayOrInstant,
    to: dayOrInstant,
    state: z.enum(states).optional(),
    rule_id: z.string().min(1).max(100).optional(),
    metric: z.enum(metricNames).optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(500),
  })
  .meta({ description: 'Incidents that were open at any moment of a period, the latest first.' })
export type IncidentsRequest = z.input<typeof incidentsRequest>

const number = z.number().nullable()
const moment = z.string().nullable()

/** What `GET /api/v1/incidents` answers. */
export const incidentsAnswer = z.object({
  results: z.array(
    z.object({
      incident_id: z.string(),
      version: z.int().meta({ description: 'Grows by one with every change.' }),
      rule_id: z.string(),
      rule: z.string(),
      metric: z.enum(metricNames),
      grain: z.enum(ruleGrains),
      dimension: z.string().nullable().meta({ description: 'The slice it is about; null for the whole store.' }),
      value: z.string().nullable(),
      finding: z.enum(findingNames),
      severity: z.enum(severities),
      state: z.enum(states),
      began_at: z.string().meta({ description: 'The first bucket that was wrong.' }),
      opened_at: z.string(),
      resolved_at: moment,
      expected: number.meta({ description: 'Of the metric in the last judged bucket.' }),
      actual: number,
      money_lost: number.meta({ description: 'Paid GMV so far: positive is lost. null: not known.' }),
      money_lost_per_hour: number,
      cause: z.string().nullable().meta({ description: 'The slice that explains most of the gap: `channel=douyin`.' }),
      cause_share: number,
      data_trouble: z.enum(dataTroubles).nullable().meta({ description: 'No data, told from no traffic.' }),
      owner: z.string(),
      acknowledged_by: z.string().nullable(),
      acknowledged_at: moment,
      feedback: z.enum(['useful', 'noise', 'expected']).nullable(),
      group: z.string().nullable().meta({ description: 'The incident it belongs to: same minutes, same cause.' }),
      reopened: z.int(),
    }),
  ),
  meta: z.object({ time_zone: z.string(), currency: z.string(), from: z.string(), to: z.string() }),
})
export type IncidentsAnswer = z.output<typeof incidentsAnswer>
