import { getLocale } from '#lib/paraglide/runtime.js'
import { incidentActions } from '#lib/server/alerts/incident-actions.ts'
import { loadIncident } from '#lib/server/alerts/load-incident.ts'
import { pageWorld } from '#lib/server/ask.ts'

export const load = async ({ parent, params, locals, depends }) => {
  depends('store:incidents')
  const { store } = await parent()
  return loadIncident(pageWorld(locals.asker, store), params.incident_id, getLocale())
}

export const actions = incidentActions
