import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { type Asked, defineQuery } from '../define-query.ts'
import { fromClickHouse } from '../instant.ts'
import { type IncidentVersion, incident, transitions } from './incident.ts'

const row = z
  .object({
    store_id: z.string(),
    incident_id: z.string(),
    version: z.number(),
    transition: z.enum(transitions),
    value: z.string().transform((text) => incident.parse(JSON.parse(text))),
    notify: z.array(z.string()),
    actor: z.string(),
    at: z.string().transform(fromClickHouse),
  })
  .transform((version): IncidentVersion => version)

const columns = 'store_id, incident_id, version, transition, value, notify, actor, toString(at) AS at'

/** Every version of one incident, oldest first. */
export const readTimeline = defineQuery({
  name: 'incident_timeline',
  params: z.object({ store_id: z.string(), incident_id: z.string() }),
  row,
  sql: `
    SELECT ${columns} FROM incidents
    WHERE store_id = {store_id:String} AND incident_id = {incident_id:String}
    ORDER BY version`,
})

const newest = defineQuery({
  name: 'incidents',
  params: z.object({
    store_id: z.string(),
    from: z.string(),
    to: z.string(),
    states: z.array(z.string()),
    rule_id: z.string(),
    metric: z.string(),
    limit: z.int(),
  }),
  row,
  sql: `
    SELECT ${columns} FROM (
      SELECT * FROM incidents
      WHERE store_id = {store_id:String}
        AND opened_at < {to:DateTime64(3, 'UTC')}
        AND ({rule_id:String} = '' OR rule_id = {rule_id:String})
        AND ({metric:String} = '' OR metric = {metric:String})
      ORDER BY incident_id, version DESC
      LIMIT 1 BY incident_id
    ) AS newest
    WHERE state IN {states:Array(String)} AND (state != 'resolved' OR newest.at >= {from:DateTime64(3, 'UTC')})
    ORDER BY opened_at DESC, incident_id
    LIMIT {limit:UInt32}`,
})

export interface WhichIncidents {
  store_id: string
  /** ClickHouse's form of UTC; incidents that were open at any moment between the two. */
  from?: string
  to?: string
  states?: ('open' | 'acknowledged' | 'resolved')[]
  rule_id?: string
  metric?: string
  limit?: number
}

/** Incidents as they stand, the latest first. */
export const readIncidents = (
  warehouse: Warehouse,
  { from, to, states, rule_id, metric, limit, store_id }: WhichIncidents,
  asked?: Asked,
): Promise<IncidentVersion[]> =>
  newest(
    warehouse,
    {
      store_id,
      from: from ?? '1970-01-01 00:00:00.000',
      to: to ?? '2200-01-01 00:00:00.000',
      states: states ?? ['open', 'acknowledged', 'resolved'],
      rule_id: rule_id ?? '',
      metric: metric ?? '',
      limit: limit ?? 1000,
    },
    asked,
  )
