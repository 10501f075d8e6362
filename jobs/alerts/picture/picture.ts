import type { Incident } from '@guanlan/warehouse/alerts/incident'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import { incidentPoints, isRatio } from './incident-points.ts'
import { incidentSvg } from './incident-svg.ts'
import { pngOf } from './png-of.ts'

/**
 * The picture of an incident as PNG, 1280 × 520: its series before and during it. For messages, and for
 * `/incident-link/<token>/picture.png`.
 */
export async function incidentPicture(
  warehouse: Warehouse,
  told: { store: Store; incident_id: string; incident: Incident; now?: Date },
  asked?: Asked,
): Promise<Buffer> {
  const { store, incident } = told
  const now = told.now ?? new Date()
  const points = await incidentPoints(warehouse, { ...told, now }, asked)
  return pngOf(
    incidentSvg({
      points,
      span: { from: incident.began_at, to: incident.resolved_at ?? now.toISOString() },
      time_zone: store.time_zone,
      isDaily: incident.grain === 'day',
      isRatio: isRatio(incident.metric),
    }),
  )
}
