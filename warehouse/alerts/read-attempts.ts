import { z } from 'zod'
import { defineQuery } from '../define-query.ts'
import { fromClickHouse } from '../instant.ts'

const at = z.string().transform(fromClickHouse)

/** Every attempt to tell a contact point something, tests included, newest first. */
export const readAttempts = defineQuery({
  name: 'notification_attempts',
  params: z.object({
    store_id: z.string(),
    /** '*': all. */
    contact_point_id: z.string().default('*'),
    limit: z.int().min(1).max(10_000).default(50),
  }),
  row: z.object({
    at,
    contact_point_id: z.string(),
    /** Empty: a test. */
    idempotency_key: z.string(),
    incident_ids: z.array(z.string()),
    transition: z.string(),
    ok: z.boolean(),
    milliseconds: z.number(),
    answer: z.string(),
    error: z.string(),
  }),
  sql: `
    SELECT toString(at) AS at, contact_point_id, idempotency_key, incident_ids, transition, ok, milliseconds, answer, error
    FROM notification_attempts AS attempts
    WHERE store_id = {store_id:String}
      AND ({contact_point_id:String} = '*' OR contact_point_id = {contact_point_id:String})
    ORDER BY attempts.at DESC
    LIMIT {limit:UInt32}`,
})

/** How the last attempt to tell each contact point something went, and when one last succeeded. */
export const latestAttempts = defineQuery({
  name: 'latest_attempts',
  params: z.object({ store_id: z.string() }),
  row: z.object({
    contact_point_id: z.string(),
    last_at: at,
    ok: z.boolean(),
    error: z.string(),
    /** None has: the beginning of time. */
    ok_at: at,
  }),
  sql: `
    SELECT contact_point_id, toString(max(attempts.at)) AS last_at, argMax(attempts.ok, attempts.at) AS ok,
      argMax(attempts.error, attempts.at) AS error, toString(maxIf(attempts.at, attempts.ok)) AS ok_at
    FROM notification_attempts AS attempts
    WHERE store_id = {store_id:String}
    GROUP BY contact_point_id`,
})

/** How far the delivery of each version of an incident to each contact point is. */
export const readDeliveries = defineQuery({
  name: 'incident_deliveries',
  params: z.object({ store_id: z.string(), incident_id: z.string() }),
  row: z.object({
    incident_version: z.number(),
    contact_point_id: z.string(),
    status: z.enum(['sending', 'retrying', 'sent', 'given_up']),
    reached: z.string(),
    attempts: z.number(),
    next_at: at,
    error: z.string(),
    at,
  }),
  sql: `
    SELECT incident_version, contact_point_id, argMax(row.status, row.version) AS status,
      argMax(row.reached, row.version) AS reached, argMax(row.attempts, row.version) AS attempts,
      toString(argMax(row.next_at, row.version)) AS next_at, argMax(row.error, row.version) AS error,
      toString(max(row.version)) AS at
    FROM notifications AS row
    WHERE store_id = {store_id:String} AND incident_id = {incident_id:String}
    GROUP BY incident_version, contact_point_id
    ORDER BY incident_version, contact_point_id`,
})
