import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { hour, startOf, writeDay } from '../shop/calendar.ts'
import type { Shop } from '../shop/shop.ts'
import { yuan } from '../shop/yuan.ts'

/** Small sums given back that no order is named for: price differences, postage, a gesture. */
export function unlinkedRefundsOf({ seed }: Shop, number: number): { at: number; record: Record<string, unknown> }[] {
  const random = new Random(seed, streams.day, number, 2)
  const count = random.chance(0.42) ? random.whole(1, 2) : 0
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor(startOf(number) + random.between(9, 22) * hour)
    const moment = new Date(at).toISOString()
    const raw_reason = random.of(['补差价', '运费补偿', '售后补偿'])
    const amount = yuan(random.whole(5, 40) * 100)
    const refund_id = `r-${writeDay(number)}-${index}`
    return { at, record: { refund_id, refunded_at: moment, amount, reason: 'other', raw_reason, updated_at: moment } }
  })
}
