import { type Address, openAddress } from '@guanlan/warehouse/alerts/address'
import { latestAttempts, readAttempts } from '@guanlan/warehouse/alerts/read-attempts'
import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../../connections.ts'

const most = 50

/** What of an address a form shows again: nothing by which anybody could send. */
function shownOf({ type, sealed }: Setting<'contact_point'>['value'], key: string | undefined) {
  try {
    if (!key) return { broken: true }
    const address = openAddress(type, sealed, key)
    if (type === 'email') {
      const { to, from, smtp } = address as Address<'email'>
      const { host, port, secure, user } = smtp
      return { to: to.join('\n'), from, host, port, secure, user }
    }
    if (type === 'sms') {
      const { phones, ok } = address as Address<'sms'>
      return { phones: phones.join('\n'), ok }
    }
    return 'secret' in address ? { has_secret: address.secret !== '' } : {}
  } catch {
    return { broken: true }
  }
}

/** The contact points of a store and what was sent to them. No address, no secret, sealed or not, leaves the server. */
export async function listContactPoints(store_id: string, only: string) {
  const { warehouse, env } = connections()
  const [settings, latest, log] = await Promise.all([
    readSettings(warehouse, 'contact_point', { store_id }),
    latestAttempts(warehouse, { store_id }),
    readAttempts(warehouse, { store_id, limit: most, ...(only && { contact_point_id: only }) }),
  ])
  const names = new Map(settings.map(({ id, value }) => [id, value.name]))
  const points = settings.map(({ id, version, value }) => {
    const { sealed: _, fallback, ...told } = value
    const last = latest.find(({ contact_point_id }) => contact_point_id === id)
    return {
      ...{ ...told, id, version, fallback: fallback ?? '', fallback_name: fallback && names.get(fallback) },
      address: shownOf(value, env.SECRET_KEY),
      last: last && { at: last.last_at, ok: last.ok, error: last.error },
    }
  })
  return {
    points: points.sort((a, b) => Number(b.is_default) - Number(a.is_default) || a.name.localeCompare(b.name)),
    log: log.map(({ contact_point_id, idempotency_key, ...attempt }) => ({
      ...attempt,
      name: names.get(contact_point_id) ?? (contact_point_id === 'draft' ? m.alerts_draft() : contact_point_id),
      is_test: idempotency_key === '',
    })),
  }
}
export type ContactPoint = Awaited<ReturnType<typeof listContactPoints>>['points'][number]
