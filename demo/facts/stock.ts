import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { hour, startOf } from '../shop/calendar.ts'
import { products } from '../shop/products.ts'
import type { Shop } from '../shop/shop.ts'

const cycle = 21

/** What lies in the warehouse on the morning of a day: it runs down and is filled up again, some of it too late. */
export function stockOf({ seed }: Shop, number: number): Record<string, unknown>[] {
  return products.map(({ sku, appeal }, place) => {
    const random = new Random(seed, streams.stock, place)
    const perDay = 0.6 + appeal * 5.5
    const since = (number + random.whole(0, cycle - 1)) % cycle
    const safety = Math.ceil(perDay * 7)
    const short = random.chance(0.12)
    const full = perDay * cycle * (short ? 0.9 : random.between(1.3, 2.2))
    const on_hand = Math.max(0, Math.round(full - perDay * since))
    return {
      sku,
      location: '杭州仓',
      on_hand,
      reserved: Math.min(on_hand, Math.round(perDay)),
      safety_stock: safety,
      updated_at: new Date(startOf(number) + hour).toISOString(),
    }
  })
}

export const stockToldAt = (number: number): number => startOf(number) + hour
