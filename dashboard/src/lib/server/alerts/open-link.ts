import type { Incident } from '@guanlan/warehouse/alerts/incident'
import { type Linked, readLink } from '@guanlan/warehouse/alerts/link'
import { readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { connections } from '../connections.ts'
import { allStores, type NamedStore } from '../stores.ts'

/** What a link of a message leads to. */
export interface OpenLink {
  link: Linked
  store: NamedStore
  incident: Incident
  /** The contact point that got the message: who uses the link acts under its name. */
  by: string
}

/** Reads a link. Undefined: changed, over, or of something that is not there any more. */
export async function openLink(token: string): Promise<OpenLink | undefined> {
  const { warehouse, env } = connections()
  const link = env.SECRET_KEY ? readLinkSafely(token, env.SECRET_KEY) : undefined
  if (!link) return undefined
  const { store_id, incident_id, contact_point_id } = link
  const [stores, timeline, [contactPoint]] = await Promise.all([
    allStores(warehouse),
    readTimeline(warehouse, { store_id, incident_id }),
    readSettings(warehouse, 'contact_point', { store_id, id: contact_point_id }),
  ])
  const store = stores.find((one) => one.store_id === store_id)
  const incident = timeline.at(-1)?.value
  // Whoever is no contact point any more must not act as one.
  if (!store || !incident || !contactPoint) return undefined
  return { link, store, incident, by: contactPoint.value.name }
}

/** What is no token at all is a wrong link, no failure of ours. */
function readLinkSafely(token: string, key: string): Linked | undefined {
  try {
    return readLink(token, key)
  } catch {
    return undefined
  }
}
