import type { Random } from '../chance/random.ts'
import { Weighted } from '../chance/weighted.ts'
import type { Visit } from '../life/life.ts'
import { tastesOf } from '../life/shopper.ts'
import { categories, categoryNames } from '../shop/categories.ts'
import { bought, type Product } from '../shop/products.ts'
import type { Tide } from '../shop/promotions.ts'

/** A line of an order; price and discount in fen, the discount of the whole line. */
export interface Line {
  line_no: number
  product: Product
  quantity: number
  discount: number
}

interface Circumstances {
  type: 'normal' | 'presale' | 'group_buy'
  tide: Tide | undefined
  province: string
}

const sizes = new Weighted([
  [1, 60],
  [2, 25],
  [3, 10],
  [4, 4],
  [6, 1],
])
const promotedSizes = new Weighted([
  [1, 40],
  [2, 30],
  [3, 17],
  [4, 9],
  [6, 4],
])

const quantities = Object.fromEntries(
  categoryNames.map((name) => [
    name,
    new Weighted(categories[name].quantities.map((weight, index) => [index + 1, weight])),
  ]),
)

/** From so much on, so much is taken off. */
const coupons = [
  { code: '满499减80', from: 49_900, off: 8_000 },
  { code: '满299减40', from: 29_900, off: 4_000 },
  { code: '满199减20', from: 19_900, off: 2_000 },
] as const
const welcome = { code: '新客立减10', from: 5_900, off: 1_000 } as const

const freeFrom = 9_900
const farAway = new Set(['新疆', '西藏', '青海', '内蒙古', '宁夏', '甘肃'])

const isPromoted = (tide: Tide | undefined) => tide !== undefined && tide.phase !== 'calm'

/** The share that a line is reduced by itself. */
function reduction(random: Random, { type, tide }: Circumstances): number {
  if (type === 'group_buy') return 0.1
  if (type === 'presale' || tide?.phase === 'main') return random.chance(0.75) ? 0.15 : 0.1
  if (isPromoted(tide)) return random.chance(0.5) ? 0.1 : 0
  return random.chance(0.14) ? 0.1 : 0
}

function couponOf(random: Random, gross: number, tide: Tide | undefined, isFirst: boolean) {
  const near = isPromoted(tide)
  const wanted = random.next()
  const best = coupons.find(({ from }) => gross >= from)
  if (best && wanted < (near ? 0.62 : 0.2)) return best
  return isFirst && gross >= welcome.from && wanted < 0.3 ? welcome : undefined
}

/** What somebody buys in a visit: something of what it was about, and perhaps more by the tastes of where it came from. */
export function fillBasket(random: Random, visit: Visit, circumstances: Circumstances) {
  const { tide, province } = circumstances
  const count = random.by(isPromoted(tide) ? promotedSizes : sizes)
  const chosen = new Set<Product>([random.by(bought[visit.category])])
  for (let tries = 0; chosen.size < count && tries < 20; tries++) {
    const category = random.chance(0.45) ? visit.category : random.by(tastesOf(visit.source))
    chosen.add(random.by(bought[category]))
  }
  const lines: Line[] = [...chosen].map((product, index) => {
    const quantity = random.by(quantities[product.category] as Weighted<number>)
    const discount = Math.round((product.price * quantity * reduction(random, circumstances)) / 10) * 10
    return { line_no: index + 1, product, quantity, discount }
  })
  const gross = lines.reduce((sum, { product, quantity, discount }) => sum + product.price * quantity - discount, 0)
  const coupon = couponOf(random, gross, tide, visit.ordersBefore === 0)
  const discount = coupon?.off ?? 0
  const shipping = farAway.has(province) ? 1_500 : gross - discount >= freeFrom ? 0 : 800
  return { lines, gross, discount, coupon: coupon?.code ?? '', shipping }
}
