import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { arrivalsOf } from '../life/arrivals.ts'
import { minute, startOf, writeDay } from '../shop/calendar.ts'
import type { Shop } from '../shop/shop.ts'
import { sources } from '../shop/sources.ts'
import { yuan } from '../shop/yuan.ts'
import { campaignOf } from './landing.ts'

/** When the platforms tell what a day has cost. */
export const spendToldAt = (number: number): number => startOf(number + 1) + 30 * minute

/** What the ads of a day cost, as platforms tell it the morning after. */
export function spendOf(shop: Shop, number: number): Record<string, unknown>[] {
  const random = new Random(shop.seed, streams.day, number, 1)
  const spent = new Map<string, { channel: string; campaign: string; fen: number; clicks: number; shown: number }>()
  for (const [place, visits] of arrivalsOf(shop, number).entries()) {
    const source = sources[place]
    if (!source?.cost) continue
    const fen = visits * source.cost * 100 * random.noise(0.08)
    // A promotion's share of the links has its share of the cost.
    for (const [share, portion] of [
      [0, 0.62],
      [1, 0.38],
    ] as const) {
      const campaign = campaignOf(shop, source, number, share) ?? ''
      const key = `${source.channel} ${campaign}`
      const known = spent.get(key) ?? { channel: source.channel, campaign, fen: 0, clicks: 0, shown: 0 }
      const clicks = visits * portion * 1.09
      known.fen += fen * portion
      known.clicks += clicks
      known.shown += clicks / random.between(0.011, 0.034)
      spent.set(key, known)
    }
  }
  return [...spent.values()].map(({ channel, campaign, fen, clicks, shown }) => ({
    day: writeDay(number),
    channel,
    campaign,
    amount: yuan(Math.round(fen)),
    impressions: Math.round(shown),
    clicks: Math.round(clicks),
    updated_at: new Date(spendToldAt(number)).toISOString(),
  }))
}
