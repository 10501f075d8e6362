import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { Weighted } from '../chance/weighted.ts'
import { provinces } from '../shop/buyers.ts'
import { type Category, categories, categoryNames } from '../shop/categories.ts'
import type { Shop } from '../shop/shop.ts'
import type { Source } from '../shop/sources.ts'
import { desktops, phones, tablets } from '../shop/user-agents.ts'

/** Somebody who comes to the shop, from the day of the first visit on. */
export interface Shopper {
  /** The day of the first visit, and the place among those who came on it. */
  born: number
  index: number
  /** How it came the first time. */
  source: Source
  /** Stands in ids; of other shoppers it is another. */
  code: string
}

/** Ids do not follow one another: multiplying by an odd number shuffles 32 bits and loses none. */
const shuffled = (born: number, index: number) => Math.imul(born * 65_536 + index, 0x9e3779b1) >>> 0

export const shopperOf = (born: number, index: number, source: Source): Shopper => ({
  born,
  index,
  source,
  code: shuffled(born, index).toString(36).padStart(7, '0'),
})

const tastes = new Map<Source, Weighted<Category>>()

/** What people who come by a source look for. */
export function tastesOf(source: Source): Weighted<Category> {
  const known = tastes.get(source)
  if (known) return known
  const weighted = new Weighted(
    categoryNames.map((name) => [name, categories[name].demand * (source.tastes?.[name] ?? 1)]),
  )
  tastes.set(source, weighted)
  return weighted
}

/** What stays the same of somebody from visit to visit. */
export interface Traits {
  province: string
  /** Of the first device, which is the one of most visits; the second is a desktop. */
  userAgents: readonly [string, string]
}

export function traitsOf({ seed }: Shop, { born, index, source }: Shopper): Traits {
  const random = new Random(seed, streams.shopper, born, index)
  const onPhone = random.chance(source.phone)
  const first = onPhone ? random.of(phones[source.app]) : random.chance(0.1) ? random.of(tablets) : random.of(desktops)
  return { province: random.by(provinces), userAgents: [first, random.of(desktops)] }
}
