import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { Weighted } from '../chance/weighted.ts'
import { hour, startOf, writeDay } from '../shop/calendar.ts'
import { products } from '../shop/products.ts'
import type { Shop } from '../shop/shop.ts'
import { answered } from './answered.ts'
import type { Ticket } from './ticket.ts'

const questions = new Weighted([
  ['发货时间', 34],
  ['产品规格', 26],
  ['优惠活动', 22],
  ['物流查询', 18],
])

/** What people ask before they buy. */
export function enquiriesOf({ seed }: Shop, number: number): Ticket[] {
  const random = new Random(seed, streams.day, number, 3)
  return Array.from({ length: random.whole(5, 12) }, (_, index) => {
    const openedAt = Math.floor(startOf(number) + random.between(9, 23.5) * hour)
    const answeredAt = answered(random, openedAt)
    return {
      ticket_id: `t-${writeDay(number)}-${index}`,
      kind: 'enquiry',
      order: undefined,
      customer_id: '',
      sku: random.of(products).sku,
      reason: random.by(questions),
      openedAt,
      answeredAt,
      solvedAt: answeredAt + Math.floor(random.exponential(0.5) * hour),
    }
  })
}
