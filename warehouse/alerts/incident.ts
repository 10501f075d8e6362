import { z } from 'zod'
import { metricNames } from '../metrics/catalog.ts'
import { ruleGrains, severities, watchedSlices } from '../settings/alerting.ts'

const at = z.iso.datetime()
const number = z.number().nullable()

/** What happened to an incident: each is a version of its document, in order its timeline. */
export const transitions = ['opened', 'reopened', 'updated', 'acknowledged', 'released', 'escalated', 'silenced', 'commented', 'owned', 'rated', 'resolved'] as const // biome-ignore format: a list
export type Transition = (typeof transitions)[number]
/** Transitions that are told to contact points. */
export const toldTransitions = ['opened', 'reopened', 'acknowledged', 'released', 'escalated', 'resolved'] as const satisfies readonly Transition[] // biome-ignore format: a list

export const findingNames = ['drop', 'spike', 'level_shift', 'slow_decline', 'slow_rise', 'flat_line', 'missing', 'threshold', 'change', 'share', 'forecast', 'data_stopped'] as const // biome-ignore format: a list
/** Why there is no data, told apart from no traffic. */
export const dataTroubles = ['ingest_down', 'spool_behind', 'warehouse_behind', 'tracker_stopped', 'events_rejected', 'bots'] as const // biome-ignore format: a list

const slice = z.object({ dimension: z.enum(watchedSlices), value: z.string() })

/** A part that explains a gap. Shares of the parts of one dimension add up to at most 1. */
const cause = z.object({
  slices: z.array(slice).min(1).max(3),
  expected: z.number(),
  actual: z.number(),
  /** Of the gap. */
  share: z.number(),
})

/** Why, in money and in parts. */
const explanation = z.object({
  currency: z.string(),
  /** Paid GMV from the beginning to `until`: what was expected, what came, the difference, the loss per hour. */
  money: z.object({ expected: number, actual: number, gap: number, per_hour: number }),
  /** What each factor of paid GMV contributed to the gap, in money; together the gap, exactly. */
  factors: z.object({ visitors: z.number(), conversion_rate: z.number(), spend_per_buyer: z.number() }).nullable(),
  causes: z.array(cause).max(5),
  /** What else changed near the beginning. */
  changes: z
    .array(
      z.object({
        at,
        type: z.enum(['note', 'deploy', 'price', 'stock', 'campaign', 'outage', 'campaign_start', 'campaign_end', 'payment_failures', 'page_errors', 'load_time', 'bots', 'rejected_events']), // biome-ignore format: a list
        text: z.string().max(300),
      }),
    )
    .max(20),
  playbook: z.array(z.object({ zh: z.string(), en: z.string() })).max(3),
  /** No data is told from no traffic. */
  data_trouble: z.enum(dataTroubles).nullable(),
  until: at,
})

/** One opening of a rule, as it stands at a version. */
export const incident = z.object({
  rule: z.object({ id: z.string(), name: z.string(), version: z.int() }),
  metric: z.enum(metricNames),
  grain: z.enum(ruleGrains),
  slice: slice.nullable(),
  finding: z.enum(findingNames),
  severity: z.enum(severities),
  state: z.enum(['open', 'acknowledged', 'resolved']),
  /** The end of the settled bucket that opened it, and the first bucket that was wrong. */
  opened_at: at,
  began_at: at,
  acknowledged: z.object({ at, by: z.string() }).nullable(),
  escalated_at: at.nullable(),
  silenced_until: at.nullable(),
  resolved_at: at.nullable(),
  /** How often it came back before it had been well for long. */
  reopened: z.int(),
  owner: z.string(),
  /** The incident that this one belongs to: same minutes, same cause. Only that one is told. */
  group: z.string().nullable(),
  /** Of the metric at the last judged bucket. */
  value: z.object({ at, expected: number, lower: number, upper: number, actual: number }),
  explanation: explanation.nullable(),
  comments: z.array(z.object({ at, by: z.string(), text: z.string().max(2000) })).max(200),
  feedback: z.enum(['useful', 'noise', 'expected']).nullable(),
  /** Nonces of links that were used: each works once. */
  links_used: z.array(z.string()).max(200),
})
export type Incident = z.output<typeof incident>
export type Explanation = z.output<typeof explanation>

/** A version of an incident: what happened, who did it, whom it is to be told to. */
export interface IncidentVersion {
  store_id: string
  incident_id: string
  version: number
  transition: Transition
  value: Incident
  /** Contact points by id; what is written here is what must arrive. */
  notify: string[]
  actor: string
  /** ISO 8601. */
  at: string
}
