import { constants } from './constants.ts'

const DAY = 86_400
const SLOTS = 288
const HOURS = 168
/** Cells of a season: base level, then day profile and its counts, then week profile and its counts. */
export const SEASON_CELLS = 1 + 2 * SLOTS + 2 * HOURS

/** Five-minute slot of the UTC day; hours of the UTC week. A fixed offset from the shop's zone does not matter to a profile. */
export const slotOf = (at: number) => Math.floor((((at % DAY) + DAY) % DAY) / (DAY / SLOTS))
const hourOf = (at: number) => Math.floor((((at % (7 * DAY)) + 7 * DAY) % (7 * DAY)) / 3600)

const clipped = (value: number, most: number) => Math.max(-most, Math.min(most, value))

/**
 * What is usual at this time: a slow base level, a profile of the day and, on top, one of the week. Each is a recursive
 * mean with clipped innovations (robust Holt–Winters: Gelper, Fried & Croux 2010), shrunk towards nothing while it is young.
 */
export class Season {
  readonly #cells: Float64Array
  readonly #day: Float64Array
  readonly #dayCount: Float64Array
  readonly #week: Float64Array
  readonly #weekCount: Float64Array

  constructor(cells: Float64Array) {
    this.#cells = cells
    this.#day = cells.subarray(1, 1 + SLOTS)
    this.#dayCount = cells.subarray(1 + SLOTS, 1 + 2 * SLOTS)
    this.#week = cells.subarray(1 + 2 * SLOTS, 1 + 2 * SLOTS + HOURS)
    this.#weekCount = cells.subarray(1 + 2 * SLOTS + HOURS)
  }

  get base(): number {
    return this.#cells[0] as number
  }

  /** The usual deviation from the base level at this time. */
  at(at: number): number {
    const slot = slotOf(at)
    const hour = hourOf(at)
    const seen = this.#dayCount[slot] as number
    const weeks = this.#weekCount[hour] as number
    return ((this.#day[slot] as number) * seen) / (seen + 1) + ((this.#week[hour] as number) * weeks) / (weeks + 2)
  }

  /** `most`: the largest innovation that is believed; `count`: points learned so far, this one included. */
  learn(at: number, value: number, most: number, count: number, pointsPerDay: number) {
    const slot = slotOf(at)
    const hour = hourOf(at)
    if (count === 1) this.#cells[0] = value
    const usual = count > pointsPerDay ? (this.#day[slot] as number) : 0
    const baseWeight = Math.max(1 / count, 1 / (constants.base_days * pointsPerDay))
    this.#cells[0] = this.base + baseWeight * clipped(value - this.base - usual, most)

    const seen = Math.min((this.#dayCount[slot] as number) + 1, 1000)
    this.#dayCount[slot] = seen
    const perVisit = Math.max(1, pointsPerDay / SLOTS)
    const dayWeight = Math.max(1 / seen, 1 / (constants.day_profile_days * perVisit))
    const offDay = value - this.base - (this.#day[slot] as number)
    this.#day[slot] = (this.#day[slot] as number) + dayWeight * clipped(offDay, seen < 3 ? Infinity : most)

    const perHour = Math.max(1, pointsPerDay / 24)
    const weeks = (this.#weekCount[hour] as number) + 1 / perHour
    this.#weekCount[hour] = Math.min(weeks, 1000)
    const weekWeight = 1 / (perHour * Math.min(weeks + 1, constants.week_profile_weeks))
    const offWeek = value - this.base - (this.#day[slot] as number) - (this.#week[hour] as number)
    this.#week[hour] = (this.#week[hour] as number) + weekWeight * clipped(offWeek, most)
  }
}
