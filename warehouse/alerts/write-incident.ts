import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { toClickHouse } from '../instant.ts'
import { underLock } from '../settings/under-lock.ts'
import { type Incident, type IncidentVersion, incident, type Transition } from './incident.ts'

export class IncidentConflict extends Error {
  override name = 'IncidentConflict'
  readonly code = 'changed_meanwhile'
}

const newestVersion = defineQuery({
  name: 'incident_version',
  params: z.object({ store_id: z.string(), incident_id: z.string() }),
  row: z.object({ version: z.number() }),
  sql: `
    SELECT max(version) AS version FROM incidents
    WHERE store_id = {store_id:String} AND incident_id = {incident_id:String}`,
})

interface Write {
  store_id: string
  incident_id: string
  /** The version that the writer saw; 0: the incident is new. */
  read_version: number
  transition: Transition
  value: Incident
  notify: string[]
  actor: string
  at: Date
}

/**
 * Appends the next version of an incident; the only way to change one. What is to be told to whom is in the same row, so
 * that a process that dies right after it has lost nothing.
 * @throws IncidentConflict when somebody else has written since
 */
export async function writeIncident(
  { warehouse, redis }: { warehouse: Warehouse; redis: Redis },
  { read_version, at, ...write }: Write,
): Promise<IncidentVersion> {
  const value = incident.parse(write.value)
  const { store_id, incident_id, transition, notify, actor } = write
  const version = read_version + 1
  await underLock(redis, `incident:${store_id}:${incident_id}`, {
    look: async () => {
      const [newest] = await newestVersion(warehouse, { store_id, incident_id })
      if ((newest?.version ?? 0) !== read_version) throw new IncidentConflict('The incident has changed meanwhile.')
    },
    write: () =>
      warehouse.insert({
        table: 'incidents',
        values: [
          {
            ...{ store_id, incident_id, version, transition, notify, actor },
            ...{ state: value.state, rule_id: value.rule.id, metric: value.metric, value: JSON.stringify(value) },
            ...{ opened_at: toClickHouse(new Date(value.opened_at)), at: toClickHouse(at) },
          },
        ],
        format: 'JSONEachRow',
      }),
  })
  return { store_id, incident_id, version, transition, value, notify, actor, at: at.toISOString() }
}
