import type { Linked } from '@guanlan/warehouse/alerts/link'
import { fail } from '@sveltejs/kit'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { changeIncident } from '#lib/server/alerts/change-incident.ts'
import { incidentRows } from '#lib/server/alerts/incident-rows.ts'
import { openLink } from '#lib/server/alerts/open-link.ts'
import { createLimit } from '#lib/server/auth/limit.ts'
import { connections } from '#lib/server/connections.ts'

const hourMs = 3600_000

/** A picture is shown, not done. */
const deedOf = ({ do: deed }: Linked) => (deed === 'picture' ? undefined : deed)

/** Looking does nothing: chat robots open every link that they show. */
export const load = async ({ params, setHeaders }) => {
  setHeaders({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  const opened = await openLink(params.token)
  const deed = opened && deedOf(opened.link)
  if (!opened || !deed) return { outcome: 'wrong' as const }
  const { link, store, incident, by } = opened
  const told = { store_id: link.store_id, incident_id: link.incident_id, version: 0, value: incident }
  const [row] = incidentRows(
    [{ ...told, transition: 'opened', notify: [], actor: '', at: incident.opened_at }],
    getLocale(),
  )
  const is_used = incident.links_used.includes(link.nonce)
  return {
    outcome: incident.state === 'resolved' ? ('over' as const) : is_used ? ('used' as const) : ('ready' as const),
    do: deed,
    by,
    incident: row,
    store: { name: store.name, currency: store.currency, time_zone: store.time_zone, store_id: store.store_id },
    now: new Date().toISOString(),
  }
}

export const actions = {
  default: async ({ params, getClientAddress }) => {
    const { redis } = connections()
    const wait = await createLimit(redis, 'incident-link', { points: 60, duration: 60 }).take(getClientAddress())
    if (wait !== undefined) return fail(429, { message: m.login_wait({ minutes: Math.ceil(wait / 60) }) })
    const opened = await openLink(params.token)
    const deed = opened && deedOf(opened.link)
    if (!opened || !deed) return fail(410, { message: m.alerts_link_wrong() })
    const { link, store, by } = opened
    const action =
      deed === 'silence'
        ? ({ do: 'silence', until: new Date(Date.now() + hourMs).toISOString() } as const)
        : ({ do: deed } as const)
    const done = await changeIncident({ store, incident_id: link.incident_id, action, by, nonce: link.nonce })
    if ('code' in done) return fail(409, { message: done.message ?? m.settings_failed() })
    return { done: deed }
  },
}
