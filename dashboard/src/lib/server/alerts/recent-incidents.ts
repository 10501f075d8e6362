import type { IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { readIncidents } from '@guanlan/warehouse/alerts/read-incidents'
import type { Warehouse } from '@guanlan/warehouse/client'
import { toClickHouse } from '@guanlan/warehouse/instant'
import { remember } from '../remember.ts'

const recent = remember<IncidentVersion[]>(10_000)
const dayMs = 24 * 3600_000
/** How far back a chart tells of incidents that are over, and how many of them. */
const [days, most] = [90, 200]

/** An incident was opened or changed: the next who asks is told of it. */
export const forgetIncidents = (): void => recent.forget()

/** All incidents of a store that are open, and the latest of those that are over; at most ten seconds old. */
export const recentIncidents = (warehouse: Warehouse, store_id: string): Promise<IncidentVersion[]> =>
  recent(store_id, async () => {
    const from = toClickHouse(new Date(Date.now() - days * dayMs))
    const all = await Promise.all([
      readIncidents(warehouse, { store_id, states: ['open', 'acknowledged'] }),
      readIncidents(warehouse, { store_id, states: ['resolved'], from, limit: most }),
    ])
    return all.flat()
  })
