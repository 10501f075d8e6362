import type { Random } from '../chance/random.ts'
import { dayOf, writeDay } from '../shop/calendar.ts'
import { tideOf } from '../shop/promotions.ts'
import type { Shop } from '../shop/shop.ts'
import type { Source } from '../shop/sources.ts'

/** Of the links that a promotion's own messages and ads carry. */
const promoted = 0.62

/** The campaign that a link of a source names on a day: its own of the month, or the promotion that is on. */
export function campaignOf(shop: Shop, { utm, live }: Source, number: number, share: number): string | undefined {
  if (!utm?.campaign) return undefined
  const tide = tideOf(shop.anchor, number)
  if (tide && tide.phase !== 'calm' && share < promoted) return tide.promotion.id
  return live ? `${utm.campaign}-${writeDay(number).slice(0, 7)}` : utm.campaign
}

/** What the first page of a visit shows of where it came from: the query of its address, and its referrer. */
export function landingOf(
  random: Random,
  shop: Shop,
  source: Source,
  at: number,
): { query: string; referrer: string | undefined } {
  const { utm, click, referrers } = source
  const share = random.next()
  const query = new URLSearchParams()
  if (utm) {
    query.set('utm_source', utm.source)
    query.set('utm_medium', utm.medium)
    query.set('utm_campaign', campaignOf(shop, source, dayOf(at), share) ?? '')
  }
  if (click) query.set(click, random.whole(0, 0xffff_ffff).toString(36))
  return { query: utm ? `?${query}` : '', referrer: referrers && random.of(referrers) }
}
