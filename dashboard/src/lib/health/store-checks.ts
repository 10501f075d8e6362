import { agoText, durationText, secondsSince } from '#lib/format/ages.ts'
import type { NumberFormats } from '#lib/format/numbers.ts'
import { m } from '#lib/paraglide/messages.js'
import type { StoreFacts } from './facts.ts'
import { fewRejected, grade, type State } from './thresholds.ts'

/** One thing that was looked at: how it is, in words, and what to do when it is not well. */
export interface Check {
  name: string
  title: string
  state: State
  text: string
  advice?: string
  /** Where to look closer, below the store's address. */
  link?: { path: string; label: string }
}

interface Reader {
  formats: NumberFormats
  now: number
}

const day = 86_400_000
const events = ['segment', 'ga4', 'tracker'] as const
const newest = (times: (string | null)[]) => times.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null)

/** The newest event of any protocol, and the newest order of the books. */
export function newestOf({ arrivals }: Pick<StoreFacts, 'arrivals'>) {
  const last = (wanted: readonly string[]) =>
    newest(arrivals.filter(({ signal }) => wanted.includes(signal)).map(({ last }) => last))
  return { event: last(events), order: last(['orders']) }
}

function freshness(facts: StoreFacts, { formats, now }: Reader): Check {
  const { event, order } = newestOf(facts)
  const ago = (iso: string) => agoText(formats.language, secondsSince(iso, now))
  const sentences = (...all: string[]) => all.join(formats.language === 'zh' ? '' : ' ')
  const check = { name: 'freshness', title: m.health_freshness() }
  const link = { path: 'connect', label: m.nav_connect() }
  if (event === null && order === null) {
    return { ...check, state: 'attention', text: m.health_freshness_none(), advice: m.health_freshness_none_do(), link }
  }
  const orders = order === null ? m.health_freshness_no_order() : m.health_freshness_order({ ago: ago(order) })
  if (event === null) {
    return {
      ...check,
      state: 'attention',
      text: sentences(m.health_freshness_no_event(), orders),
      advice: m.health_freshness_do(),
      link,
    }
  }
  const state = grade('event_age', (now - Date.parse(event)) / 1000)
  const text = sentences(m.health_freshness_event({ ago: ago(event) }), orders)
  return { ...check, state, text, ...(state !== 'ok' && { advice: m.health_freshness_do(), link }) }
}

/** What was rejected of all that came in 24 hours; null when nothing came. */
export function rejectedShare({ arrivals, rejections }: Pick<StoreFacts, 'arrivals' | 'rejections'>): number | null {
  const accepted = arrivals.reduce((sum, { last_day }) => sum + last_day, 0)
  const all = accepted + rejections.meta.rejected
  return all === 0 ? null : rejections.meta.rejected / all
}

function rejected(facts: StoreFacts, { formats }: Reader): Check {
  const check = { name: 'rejected', title: m.health_rejected() }
  const share = rejectedShare(facts)
  const count = facts.rejections.meta.rejected
  if (share === null || count === 0) return { ...check, state: 'ok', text: m.health_rejected_none() }
  const state = count < fewRejected ? 'ok' : grade('rejected_share', share)
  const text = m.health_rejected_text({ share: formats.short(share, 'ratio'), count: formats.exact(count, 'count') })
  const link = { path: 'connect/debugger?status=rejected', label: m.health_rejected_link() }
  return { ...check, state, text, link, ...(state !== 'ok' && { advice: m.health_rejected_do() }) }
}

function bots({ data: { traffic } }: StoreFacts, { formats }: Reader): Check {
  const check = { name: 'bots', title: m.health_bots() }
  if (traffic.bots === 0) return { ...check, state: 'ok', text: m.health_bots_none() }
  const share = traffic.bots / traffic.events
  const state = grade('bot_share', share)
  const text = m.health_bots_text({ share: formats.short(share, 'ratio') })
  return { ...check, state, text, ...(state !== 'ok' && { advice: m.health_bots_do() }) }
}

function late({ data }: StoreFacts, { formats, now }: Reader): Check {
  const check = { name: 'late', title: m.health_late() }
  const fresh = data.late.days.filter(({ reopened_at }) => now - Date.parse(reopened_at) < day)
  const state = grade('reopened_days', fresh.length)
  if (data.late.rows === 0) return { ...check, state, text: m.health_late_none() }
  const count = (value: number) => formats.exact(value, 'count')
  const text = m.health_late_text({ rows: count(data.late.rows), days: count(data.late.days.length) })
  return { ...check, state, text, ...(state !== 'ok' && { advice: m.health_late_do({ days: count(fresh.length) }) }) }
}

function rollups({ data: { rollups, differences } }: StoreFacts, { formats }: Reader): Check {
  const check = { name: 'rollups', title: m.health_rollups() }
  if (grade('differences', differences.count) !== 'ok') {
    const text = m.health_differences_text({ count: formats.exact(differences.count, 'count') })
    return { ...check, state: 'attention', text, advice: m.health_differences_do() }
  }
  const state = grade('rollup_lag', rollups.lag_seconds)
  const span = durationText(formats.language, rollups.lag_seconds)
  if (state === 'ok') return { ...check, state, text: m.health_rollups_ok() }
  return { ...check, state, text: m.health_rollups_behind({ span }), advice: m.health_rollups_do() }
}

/** How far the data of a store can be relied on, check by check. */
export const storeChecks = (facts: StoreFacts, reader: Reader): Check[] =>
  [freshness, rejected, bots, late, rollups].map((check) => check(facts, reader))
