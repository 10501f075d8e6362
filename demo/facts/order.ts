import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import type { Visit } from '../life/life.ts'
import { traitsOf } from '../life/shopper.ts'
import { paymentProblems, payments } from '../shop/buyers.ts'
import { dayOf, hour, minute, startOf, writeDay } from '../shop/calendar.ts'
import { paymentFailures } from '../shop/disturbances.ts'
import { tideOf } from '../shop/promotions.ts'
import type { Shop } from '../shop/shop.ts'
import { fillBasket, type Line } from './basket.ts'
import { type Delivery, deliver } from './delivery.ts'

/** An order with all that becomes of it. Amounts are in fen. */
export interface Order {
  order_id: string
  visit: Visit
  customer_id: string
  visitor_id: string
  type: 'normal' | 'presale' | 'group_buy'
  placedAt: number
  lines: Line[]
  /** What the lines cost after their own discounts; the order's discount comes off it. */
  gross: number
  discount: number
  shipping: number
  coupon: string
  province: string
  method: string
  /** Attempts to pay that failed, and why. */
  failures: { at: number; reason: string }[]
  paidAt: number | undefined
  /** Of an order that was not paid, or that was called off before it was sent. */
  cancelledAt: number | undefined
  delivery: Delivery | undefined
  /** The browser told nothing of it: an order by telephone, a blocked script. */
  ledgerOnly: boolean
}

const visitorOf = ({ shopper, number }: Visit, second: boolean) => `v${shopper.code}${second && number > 0 ? 'b' : ''}`

/** Whether a later visit comes from the second device, and so from another browser. */
export const onSecondDevice = ({ seed }: Shop, { shopper, number }: Visit): boolean =>
  number > 0 && new Random(seed, streams.visit, shopper.born, shopper.index, number, 1).chance(0.09)

export const visitorIdOf = (shop: Shop, visit: Visit): string => visitorOf(visit, onSecondDevice(shop, visit))
export const customerIdOf = ({ shopper }: Visit): string => `c${shopper.code}`

function typeOf(random: Random, visit: Visit, phase: string | undefined): Order['type'] {
  if ((phase === 'presale' || phase === 'coupons') && random.chance(0.62)) return 'presale'
  return random.chance(visit.source.channel === 'community' ? 0.42 : 0.02) ? 'group_buy' : 'normal'
}

function methodOf(random: Random, { source }: Visit): string {
  if (source.app === 'wechat' || source.app === 'wecom') return random.by(payments.wechat)
  return random.by(source.app === 'taobao' ? payments.taobao : payments.usual)
}

/** When attempts to pay fail. Who does not pay in the end has failed often, else has thought better of it. */
function failuresOf(random: Random, shop: Shop, order: { placedAt: number; method: string }, paid: boolean) {
  const failures: Order['failures'] = []
  let at = order.placedAt
  const again = () =>
    random.chance(paid ? paymentFailures(shop.anchor, order.method, at) : failures.length ? 0.4 : 0.52)
  while (failures.length < 3 && again()) {
    at += random.between(12_000, 70_000)
    failures.push({ at: Math.floor(at), reason: random.by(paymentProblems) })
  }
  return failures
}

/** When it is paid: within a minute or two; the rest of a presale on the main day, or never. */
function paymentOf(random: Random, after: number, type: Order['type'], main: number | undefined): number | undefined {
  if (type !== 'presale' || main === undefined) return Math.floor(after + random.between(9_000, 95_000))
  if (random.chance(0.06)) return undefined
  const rest = random.chance(0.72) ? random.exponential(28) * minute : random.between(1, 22) * hour
  return Math.floor(startOf(main) + Math.min(rest, 23 * hour))
}

/** The order that a visit ends in. */
export function orderOf(shop: Shop, visit: Visit): Order {
  const { shopper, number } = visit
  const random = new Random(shop.seed, streams.order, shopper.born, shopper.index, number)
  const placedAt = Math.floor(visit.at + 110_000 + Math.min(random.exponential(4.5), 24) * minute)
  const tide = tideOf(shop.anchor, dayOf(visit.at))
  const type = typeOf(random, visit, tide?.phase)
  const { province } = traitsOf(shop, shopper)
  const basket = fillBasket(random, visit, { type, tide, province })
  const method = methodOf(random, visit)
  const failures = failuresOf(random, shop, { placedAt, method }, visit.paid)
  const paidAt = visit.paid ? paymentOf(random, failures.at(-1)?.at ?? placedAt, type, tide?.promotion.main) : undefined
  const fate = random.next()
  const order: Order = {
    ...basket,
    order_id: `${writeDay(dayOf(visit.at)).replaceAll('-', '')}-${shopper.code}-${number}`,
    visit,
    customer_id: customerIdOf(visit),
    visitor_id: visitorIdOf(shop, visit),
    type,
    placedAt,
    province,
    method,
    failures,
    paidAt,
    cancelledAt: undefined,
    delivery: undefined,
    ledgerOnly: random.chance(0.015),
  }
  if (paidAt === undefined) order.cancelledAt = givenUp(random, order, tide?.promotion.main)
  else if (fate < 0.014) order.cancelledAt = Math.floor(paidAt + random.between(0.3, 9) * hour)
  else order.delivery = deliver(random, { paidAt, province, crowded: tide?.phase === 'main' || type === 'presale' })
  return order
}

/** The shop calls off what is not paid: after half an hour, some after a day, a presale when its main day is over. */
function givenUp(random: Random, { type, placedAt }: Order, main: number | undefined): number {
  if (type === 'presale' && main !== undefined) return startOf(main + 1)
  return placedAt + (random.chance(0.7) ? 30 * minute : 24 * hour)
}
