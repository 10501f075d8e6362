import { startOf } from '../shop/calendar.ts'
import { type Promotion, promotions, timesOf } from '../shop/promotions.ts'
import type { Shop } from '../shop/shop.ts'

const parts = [
  { part: 'presale', type: 'presale', suffix: ' · 预售', note: '定金预售，尾款在主会场当天支付' },
  { part: 'coupons', type: 'coupon', suffix: ' · 满减券', note: '满199减20、满299减40、满499减80' },
  { part: 'promotion', type: 'promotion', suffix: '', note: '主会场一天，返场两天' },
] as const

/** Planned so many days ahead. */
const ahead = 40

const iso = (at: number) => new Date(at).toISOString()

function partsOf(promotion: Promotion): Record<string, unknown>[] {
  const times = timesOf(promotion)
  const planned = startOf(promotion.main - ahead)
  return parts.map(({ part, type, suffix, note }) => {
    const [starts, ends] = times[part] as [number, number]
    return {
      campaign_id: part === 'promotion' ? promotion.id : `${promotion.id}-${part}`,
      name: `${promotion.name}${suffix}`,
      type,
      starts_at: iso(starts),
      ends_at: iso(ends),
      utm_campaigns: part === 'promotion' ? [promotion.id] : [],
      note,
      updated_at: iso(planned),
    }
  })
}

/** The promotions of the days from `from` on that are planned by a day, as records. */
export const campaignsBy = ({ anchor }: Shop, from: number, number: number): Record<string, unknown>[] =>
  promotions(anchor, from, number + ahead).flatMap(partsOf)

/** Those that are planned on a day. */
export const campaignsPlannedOn = ({ anchor }: Shop, number: number): Record<string, unknown>[] =>
  promotions(anchor, number + ahead, number + ahead).flatMap(partsOf)
