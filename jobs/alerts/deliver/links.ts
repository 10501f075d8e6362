import { linkToken } from '@guanlan/warehouse/alerts/link'
import ipaddr from 'ipaddr.js'
import type { Links } from './card/incident-card.ts'

const day = 24 * 3600
const lasting = { act: 3 * day, picture: 30 * day }

/** Whether receivers on the internet can fetch something from an address: https, and a name that is known there. */
export function isReachable(base: string): boolean {
  const { protocol, hostname } = new URL(base)
  if (protocol !== 'https:' || ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''))) return false
  return hostname.includes('.') && !/\.(local|lan|internal|home|localhost|test|example|invalid)$/.test(hostname)
}

/** The page of a store's incidents. */
export const incidentsPage = (base: string, store_id: string): string =>
  new URL(`/stores/${encodeURIComponent(store_id)}/incidents`, base).href

/** Where the buttons of an incident's message lead. Whoever has the message may use them. */
export function linksOf(
  { store_id, incident_id, contact_point_id }: { store_id: string; incident_id: string; contact_point_id: string },
  { base, secretKey, now }: { base: string; secretKey: string; now: Date },
): Links {
  const seconds = Math.floor(+now / 1000)
  const link = (what: 'acknowledge' | 'release' | 'silence' | 'picture', lasts: number, page = '') => {
    const expires = seconds + lasts
    const token = linkToken({ store_id, incident_id, contact_point_id, do: what, expires }, secretKey)
    return new URL(`/incident-link/${token}${page}`, base).href
  }
  return {
    incident: `${incidentsPage(base, store_id)}/${encodeURIComponent(incident_id)}`,
    acknowledge: link('acknowledge', lasting.act),
    release: link('release', lasting.act),
    silence: link('silence', lasting.act),
    ...(isReachable(base) && { picture: link('picture', lasting.picture, '/picture.png') }),
  }
}
