import { startOf, writeDay } from '../shop/calendar.ts'
import { tideOf } from '../shop/promotions.ts'
import type { Shop } from '../shop/shop.ts'

/** Planned so many days ahead, and for so many days before the anchor at the earliest. */
const ahead = 7
const earliest = 34

/** What an ordinary day is to bring, in yuan, and how much more a main day takes in than its visits say: deposits are settled. */
const ordinary = 46_000
const settled = 1.9
const step = 500

function targetOf({ anchor }: Shop, number: number): Record<string, unknown> {
  const tide = tideOf(anchor, number)
  const factor = tide ? tide.traffic * tide.conversion * (tide.phase === 'main' ? settled : 1) : 1
  return {
    target_id: `paid-gmv-${writeDay(number)}`,
    metric: 'paid_gmv',
    from: writeDay(number),
    to: writeDay(number + 1),
    value: Math.round((ordinary * factor) / step) * step,
    updated_at: new Date(startOf(number - ahead)).toISOString(),
  }
}

/** The target of each day from `from` on that is planned by a day, as records. */
export function targetsBy(shop: Shop, from: number, number: number): Record<string, unknown>[] {
  const first = Math.max(from, shop.anchor - earliest)
  return Array.from({ length: Math.max(0, number + ahead - first + 1) }, (_, at) => targetOf(shop, first + at))
}

/** The one that is planned on a day. */
export const targetsPlannedOn = (shop: Shop, number: number): Record<string, unknown>[] => [
  targetOf(shop, number + ahead),
]
