import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import { day, dayOf, hour, startOf } from '../shop/calendar.ts'
import { type Category, categories } from '../shop/categories.ts'
import { flowing } from '../shop/disturbances.ts'
import { promotions, tideOf } from '../shop/promotions.ts'
import type { Shop } from '../shop/shop.ts'
import { customersReturn, type Source, visitorsReturn } from '../shop/sources.ts'
import { type Shopper, tastesOf } from './shopper.ts'
import { timeOfVisit } from './time-of-visit.ts'

/** How far a visit gets. */
type Outcome = 'glance' | 'browse' | 'cart' | 'checkout' | 'order'

export interface Visit {
  shopper: Shopper
  /** 0 is the first of this shopper. */
  number: number
  at: number
  source: Source
  outcome: Outcome
  /** What it is mainly about. */
  category: Category
  /** Whether an order was paid; false for any other outcome. */
  paid: boolean
  /** Orders that were paid before. */
  ordersBefore: number
}

/** No life is told further: whoever comes after so many days is taken for somebody new. */
export const longestLife = 120

const mostVisits = 30
const unpaidShare = 0.085
/** Of the buyers of the last two days before a promotion, those who wait for it. */
const waiting = 0.35

/** Tells the visits of one shopper one after the other. */
class Life {
  readonly visits: Visit[] = []
  readonly #shop: Shop
  readonly #shopper: Shopper
  readonly #random: Random
  #orders = 0

  constructor(shop: Shop, shopper: Shopper) {
    this.#shop = shop
    this.#shopper = shopper
    this.#random = new Random(shop.seed, streams.life, shopper.born, shopper.index)
  }

  tell(): void {
    const { source, born } = this.#shopper
    const random = this.#random
    const tide = tideOf(this.#shop.anchor, born)
    const at = timeOfVisit(random, born, source.hours, tide)
    if (!random.chance(flowing(this.#shop.anchor, source, at))) return
    const category = random.by(tastesOf(source))
    const willing = source.conversion * (tide?.conversion ?? 1)
    if (random.chance(willing)) this.#buy(at, source, category, tide)
    else this.#look(at, source, category, willing)
  }

  /** A visit that buys, and all that follows from it. */
  #buy(at: number, source: Source, category: Category, tide = tideOf(this.#shop.anchor, dayOf(at))): void {
    const random = this.#random
    if (tide?.phase === 'waiting' && random.chance(waiting)) {
      this.#visit(at, source, 'cart', category)
      if (random.chance(0.6)) this.#comeOn(tide.promotion.main, this.#orders > 0, category)
      return
    }
    const paid = !random.chance(unpaidShare)
    this.#visit(at, source, 'order', category, paid)
    if (paid) this.#orders++
    else if (random.chance(0.4)) this.#return(at + hour + random.exponential(0.8) * day, source, 0.7, category)
    if (this.#orders > 0) this.#goOn(at, category)
  }

  /** A first visit that buys nothing, and perhaps others that come back to it. */
  #look(first: number, source: Source, category: Category, willing: number): void {
    const random = this.#random
    let at = first
    let from = source
    for (let round = 0; round < 4; round++) {
      const outcome = this.#depth(from.bounce)
      this.#visit(at, from, outcome, category)
      if (!random.chance(comesBack[outcome])) break
      at += hour + random.exponential(2.2) * day
      from = random.chance(0.45) ? source : random.by(visitorsReturn)
      if (random.chance(Math.min(0.5, willing * eagerness[outcome]))) {
        this.#buy(this.#settle(at, from), from, category)
        return
      }
      at = this.#settle(at, from)
    }
    this.#temptedBy(at, category)
  }

  /** The next promotion brings a few back who had bought nothing. */
  #temptedBy(after: number, category: Category): void {
    const number = dayOf(after)
    const [next] = promotions(this.#shop.anchor, number + 1, number + 12)
    if (next && this.#random.chance(0.035 * next.size)) this.#comeOn(next.main, false, category)
  }

  #comeOn(main: number, isCustomer: boolean, category: Category): void {
    const random = this.#random
    const source = random.by(isCustomer ? customersReturn : visitorsReturn)
    const at = timeOfVisit(random, main, source.hours, tideOf(this.#shop.anchor, main))
    if (random.chance(0.55)) this.#buy(at, source, category)
    else this.#visit(at, source, this.#depth(source.bounce), category)
  }

  /** A later visit that buys with some probability. */
  #return(at: number, source: Source, willing: number, category: Category): void {
    const settled = this.#settle(at, source)
    if (this.#random.chance(willing)) this.#buy(settled, source, category)
    else this.#visit(settled, source, this.#depth(source.bounce), category)
  }

  /** What a customer does after an order: looks in now and then, and buys again when taste or a promotion bids. */
  #goOn(last: number, category: Category): void {
    const random = this.#random
    const { reorder, returning } = categories[category]
    const again = returning * (this.#shopper.source.loyalty ?? 1) * (this.#orders > 1 ? 1.3 : 1)
    let at: number | undefined
    let next = category
    if (random.chance(Math.min(0.8, again))) at = last + Math.max(4, random.normal(reorder[0], reorder[1])) * day
    else if (random.chance(0.16)) {
      at = last + 2 * day + random.exponential(13) * day
      next = random.by(tastesOf(this.#shopper.source))
    }
    const looks = random.chance(0.42) ? (random.chance(0.3) ? 2 : 1) : 0
    for (let count = 0; count < looks; count++) {
      const source = random.by(customersReturn)
      this.#visit(this.#settle(last + day + random.exponential(12) * day, source), source, this.#depth(0.3), next)
    }
    const promoted = this.#promoted(last, at)
    if (promoted !== undefined) this.#comeOn(promoted, true, next)
    else if (at !== undefined) {
      const source = random.chance(0.86) ? random.by(customersReturn) : this.#shopper.source
      this.#return(at, source, 0.9, next)
    }
  }

  /** The main day that an order is brought forward or put off to, or that tempts a customer who needs nothing. */
  #promoted(last: number, at: number | undefined): number | undefined {
    const number = dayOf(at ?? last)
    const reach = at === undefined ? ([3, 60] as const) : ([-8, 10] as const)
    const [near] = promotions(this.#shop.anchor, Math.max(number + reach[0], dayOf(last) + 3), number + reach[1])
    if (!near) return undefined
    return this.#random.chance((at === undefined ? 0.1 : 0.5) * near.size) ? near.main : undefined
  }

  #depth(bounce: number): Outcome {
    const share = this.#random.next()
    if (share < bounce) return 'glance'
    const rest = (share - bounce) / (1 - bounce)
    return rest < 0.83 ? 'browse' : rest < 0.965 ? 'cart' : 'checkout'
  }

  /** The hours of a source decide when on its day a visit takes place, but not before the moment given. */
  #settle(at: number, source: Source): number {
    const number = dayOf(at)
    const settled = timeOfVisit(this.#random, number, source.hours, tideOf(this.#shop.anchor, number))
    return settled > at ? settled : timeOfVisit(this.#random, number + 1, source.hours, undefined)
  }

  #visit(at: number, source: Source, outcome: Outcome, category: Category, paid = false): void {
    const number = this.visits.length
    if (number >= mostVisits || at >= startOf(this.#shopper.born + longestLife)) return
    const { visits } = this
    visits.push({ shopper: this.#shopper, number, at, source, outcome, category, paid, ordersBefore: this.#orders })
  }
}

const comesBack: Record<Outcome, number> = { glance: 0.04, browse: 0.15, cart: 0.36, checkout: 0.5, order: 0 }
const eagerness: Record<Outcome, number> = { glance: 1.5, browse: 2.2, cart: 6, checkout: 14, order: 0 }

/** All visits of a shopper, in no order of time; the first is number 0, unless there is none at all. */
export function lifeOf(shop: Shop, shopper: Shopper): Visit[] {
  const life = new Life(shop, shopper)
  life.tell()
  return life.visits
}
