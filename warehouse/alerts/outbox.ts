import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { type Asked, defineQuery } from '../define-query.ts'
import { fromClickHouse, toClickHouse } from '../instant.ts'
import { type Incident, incident, transitions } from './incident.ts'

/** A version of an incident that a contact point has not been told of yet. */
export interface Waiting {
  store_id: string
  incident_id: string
  incident_version: number
  transition: (typeof transitions)[number]
  /** As it stood at that version; an explanation that was found afterwards is in it. */
  value: Incident
  /** When that version was written, ISO 8601. */
  at: string
  /** As the incident names it. */
  contact_point_id: string
  /** Who is to get it: that one, or a fallback that is being tried or has got what came before. */
  target: string
  /** At the target. */
  attempts: number
  /** Not tried before; ISO 8601. */
  next_at: string
  /** Of the message that took it when nobody noted what became of that: it goes once more as it was. '' otherwise. */
  message_key: string
}

/** What is not delivered after so long is not delivered any more. */
const days = 7
const daysMs = days * 24 * 3600_000

/** The same for every copy of a notification, so that a receiver can drop the second. */
export const idempotencyKey = (one: {
  store_id: string
  incident_id: string
  incident_version: number
  contact_point_id: string
}): string =>
  createHash('sha256')
    .update(JSON.stringify([one.store_id, one.incident_id, one.incident_version, one.contact_point_id]))
    .digest('hex')

/** What incidents name, beside the newest row of each notification. */
const outbox = `
  WITH recent AS (
    SELECT incident_id, version AS incident_version, transition, at, notify
    FROM incidents
    WHERE store_id = {store_id:String} AND at >= {since:DateTime64(3, 'UTC')}
  ),
  named AS (
    SELECT incident_id, incident_version, transition, at, arrayJoin(arrayDistinct(notify)) AS contact_point_id
    FROM recent
  ),
  known AS (
    SELECT incident_id, incident_version, contact_point_id,
      argMax(status, version) AS state, argMax(reached, version) AS by, argMax(attempts, version) AS tried,
      argMax(idempotency_key, version) AS message, argMax(next_at, version) AS due_at, argMax(error, version) AS reason, max(version) AS known_at
    FROM notifications
    WHERE store_id = {store_id:String} AND incident_id IN (SELECT incident_id FROM recent)
    GROUP BY incident_id, incident_version, contact_point_id
  )`

const readRows = defineQuery({
  name: 'outbox',
  params: z.object({ store_id: z.string(), since: z.string() }),
  row: z.object({
    incident_id: z.string(),
    incident_version: z.number(),
    transition: z.enum(transitions),
    at: z.string().transform(fromClickHouse),
    contact_point_id: z.string(),
    target: z.string(),
    tried: z.number(),
    due_at: z.string().transform(fromClickHouse),
    message_key: z.string(),
  }),
  sql: `${outbox},
  heard AS (
    SELECT incident_id, contact_point_id, argMax(by, incident_version) AS heard_by
    FROM known WHERE state = 'sent' GROUP BY incident_id, contact_point_id
  )
  SELECT incident_id, incident_version, transition, toString(at) AS at, contact_point_id,
    multiIf(by != '', by, heard_by != '', heard_by, contact_point_id) AS target, tried, toString(due_at) AS due_at,
    if(state = 'sending', message, '') AS message_key
  FROM named
  LEFT JOIN known USING (incident_id, incident_version, contact_point_id)
  LEFT JOIN heard USING (incident_id, contact_point_id)
  WHERE state NOT IN ('sent', 'given_up')
  ORDER BY contact_point_id, incident_id, incident_version`,
})

/** Versions of incidents as they are written, and the newest of each: read apart, for what waits alone. */
const readValues = defineQuery({
  name: 'outbox_values',
  params: z.object({ store_id: z.string(), incident_ids: z.array(z.string()), versions: z.array(z.int()) }),
  row: z.object({ incident_id: z.string(), incident_version: z.number(), value: z.string(), is_newest: z.number() }),
  sql: `
    SELECT incident_id, version AS incident_version, value,
      version = max(version) OVER (PARTITION BY incident_id) AS is_newest
    FROM incidents
    WHERE store_id = {store_id:String} AND incident_id IN {incident_ids:Array(String)}
    QUALIFY is_newest OR incident_version IN {versions:Array(UInt32)}`,
})

const since = (now: Date) => toClickHouse(new Date(+now - daysMs))

/** Everything that waits to be delivered, also what is not due yet: oldest version first of each incident. */
export async function readWaiting(
  warehouse: Warehouse,
  { store_id, now }: { store_id: string; now: Date },
  asked?: Asked,
): Promise<Waiting[]> {
  const rows = await readRows(warehouse, { store_id, since: since(now) }, asked)
  if (rows.length === 0) return []
  const incident_ids = [...new Set(rows.map((row) => row.incident_id))]
  const versions = [...new Set(rows.map((row) => row.incident_version))]
  const values = await readValues(warehouse, { store_id, incident_ids, versions }, asked)
  const read = ({ value }: { value: string }) => incident.safeParse(JSON.parse(value)).data
  const then = new Map(values.map((one) => [`${one.incident_version} ${one.incident_id}`, read(one)]))
  const newest = new Map(values.flatMap((one) => (one.is_newest ? [[one.incident_id, read(one)] as const] : [])))
  return rows.flatMap(({ tried, due_at, ...row }) => {
    const value = then.get(`${row.incident_version} ${row.incident_id}`)
    // One that cannot be read holds up no other. It is counted as waiting.
    if (!value) return []
    const explanation = value.explanation ?? newest.get(row.incident_id)?.explanation ?? null
    return [{ store_id, ...row, value: { ...value, explanation }, attempts: tried, next_at: due_at }]
  })
}

/** How much waits, and since when the oldest does. */
export const outboxState = defineQuery({
  name: 'outbox_state',
  params: z.object({ store_id: z.string(), since: z.string().default(() => since(new Date())) }),
  row: z.object({ waiting: z.number(), oldest_seconds: z.number() }),
  sql: `${outbox}
  SELECT count() AS waiting,
    if(waiting = 0, 0, greatest(0, dateDiff('second', min(at), now64(3, 'UTC')))) AS oldest_seconds
  FROM named LEFT JOIN known USING (incident_id, incident_version, contact_point_id)
  WHERE state NOT IN ('sent', 'given_up')`,
})

const givenUp = defineQuery({
  name: 'notifications_given_up',
  params: z.object({ store_id: z.string(), since: z.string() }),
  row: z.object({
    incident_id: z.string(),
    incident_version: z.number(),
    transition: z.enum(transitions),
    contact_point_id: z.string(),
    error: z.string(),
    at: z.string().transform(fromClickHouse),
  }),
  sql: `${outbox}
  SELECT incident_id, incident_version, transition, contact_point_id, reason AS error, toString(known_at) AS at
  FROM named INNER JOIN known USING (incident_id, incident_version, contact_point_id)
  WHERE state = 'given_up'
  ORDER BY known_at DESC
  LIMIT 200`,
})

/** What nobody could be told of in the last seven days, newest first, with the reason of the last attempt. */
export const readGivenUp = (warehouse: Warehouse, { store_id }: { store_id: string }, asked?: Asked) =>
  givenUp(warehouse, { store_id, since: since(new Date()) }, asked)

/** How far the delivery of one notification is, from now on. */
export interface Mark {
  notification: Pick<Waiting, 'store_id' | 'incident_id' | 'incident_version' | 'transition' | 'contact_point_id'>
  status: 'sending' | 'retrying' | 'sent' | 'given_up'
  /** The contact point that took it; until then the one that is tried. */
  reached: string
  attempts: number
  next_at: Date
  error: string
  /** Of the message that tells it. */
  key: string
}

let last = 0
/** Microseconds that only grow: of two rows of one process the later is the newer. */
function version(): string {
  last = Math.max(last + 1, Math.floor((performance.timeOrigin + performance.now()) * 1000))
  return `${toClickHouse(new Date(Math.floor(last / 1000)))}${String(last % 1000).padStart(3, '0')}`
}

/** Writes how far notifications are, together. On disk when it returns. */
export const markNotifications = (warehouse: Warehouse, marks: readonly Mark[]): Promise<unknown> =>
  warehouse.insert({
    table: 'notifications',
    values: marks.map(({ notification, next_at, key, ...mark }) => ({
      ...{ store_id: notification.store_id, incident_id: notification.incident_id },
      ...{ incident_version: notification.incident_version, contact_point_id: notification.contact_point_id },
      ...{ transition: notification.transition, idempotency_key: key },
      ...{ ...mark, next_at: toClickHouse(next_at), version: version() },
    })),
    format: 'JSONEachRow',
  })

export interface Attempt {
  store_id: string
  at: Date
  contact_point_id: string
  /** Empty: a test. */
  idempotency_key: string
  incident_ids: string[]
  transition: string
  ok: boolean
  milliseconds: number
  /** Secrets left out. */
  answer: string
  error: string
}

/** Notes an attempt to deliver something. */
export const writeAttempt = (warehouse: Warehouse, { at, ...attempt }: Attempt): Promise<unknown> =>
  warehouse.insert({
    table: 'notification_attempts',
    values: [{ ...attempt, at: toClickHouse(at) }],
    format: 'JSONEachRow',
  })
