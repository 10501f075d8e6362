import { dayOf } from '../shop/calendar.ts'
import type { Shop } from '../shop/shop.ts'
import { sources } from '../shop/sources.ts'
import { arrivalsOf } from './arrivals.ts'
import { lifeOf, longestLife, type Visit } from './life.ts'
import { type Shopper, shopperOf } from './shopper.ts'

/** The visits of a shop by the day. Of people who come back it remembers who and on which day, nothing else. */
export class Visits {
  readonly #shop: Shop
  /** By day: the shoppers, as day of birth and place, who come again on it. */
  readonly #returns = new Map<number, number[]>()
  #toldFrom = Number.POSITIVE_INFINITY
  #toldTo = Number.NEGATIVE_INFINITY

  constructor(shop: Shop) {
    this.#shop = shop
  }

  /** Every visit that begins on a day, by time. */
  on(number: number): Visit[] {
    this.#tell(number - longestLife, number)
    const found: Visit[] = []
    const take = (shopper: Shopper) => {
      for (const visit of lifeOf(this.#shop, shopper)) if (dayOf(visit.at) === number) found.push(visit)
    }
    for (const shopper of this.#bornOn(number)) take(shopper)
    const returns = this.#returns.get(number) ?? []
    for (let at = 0; at < returns.length; at += 2) take(this.#shopper(returns[at] as number, returns[at + 1] as number))
    return found.sort(byTime)
  }

  #tell(from: number, to: number): void {
    if (this.#toldFrom > this.#toldTo) {
      this.#toldFrom = from
      this.#toldTo = from - 1
    }
    while (this.#toldTo < to) this.#tellBirths(++this.#toldTo)
    while (this.#toldFrom > from) this.#tellBirths(--this.#toldFrom)
  }

  #tellBirths(born: number): void {
    for (const shopper of this.#bornOn(born)) {
      const days = new Set(lifeOf(this.#shop, shopper).map(({ at }) => dayOf(at)))
      for (const number of days) {
        if (number === born) continue
        const returns = this.#returns.get(number)
        if (returns) returns.push(born, shopper.index)
        else this.#returns.set(number, [born, shopper.index])
      }
    }
  }

  *#bornOn(number: number): Generator<Shopper> {
    let index = 0
    for (const [place, count] of arrivalsOf(this.#shop, number).entries()) {
      const source = sources[place]
      if (source) for (const last = index + count; index < last; index++) yield shopperOf(number, index, source)
    }
  }

  #shopper(born: number, index: number): Shopper {
    let end = 0
    const place = arrivalsOf(this.#shop, born).findIndex((count) => {
      end += count
      return index < end
    })
    const source = sources[place]
    if (!source) throw new RangeError(`There is no shopper ${index} on day ${born}.`)
    return shopperOf(born, index, source)
  }
}

const byTime = (one: Visit, other: Visit) =>
  one.at - other.at ||
  one.shopper.born - other.shopper.born ||
  one.shopper.index - other.shopper.index ||
  one.number - other.number
