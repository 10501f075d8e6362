import { constants } from './constants.ts'
import { bandByChance, type SeriesKind } from './kinds.ts'

/** Cells of an expectation: its level, expected, lower, upper, whether an incident is open, calm points in a row. */
export const EXPECTATION_CELLS = 6
const [LEVEL, EXPECTED, LOWER, UPPER, OPEN, CALM] = [0, 1, 2, 3, 4, 5]
const CALM_POINTS = 3
/** The narrowest and widest band, in standard deviations; the last while nothing is known yet. */
const [NARROWEST, WIDEST, WIDEST_COLD] = [3, 5, 10]

/** What a band is drawn from: the kind as far as it is known, whether values were seen to be whole or below zero, and how far an alarm is. */
export type Band = {
  kind: SeriesKind
  bounded: boolean
  sigma: number
  distance: number
  count: number
  denominator?: number | undefined
}

/**
 * The expectation and its band as people see it, and money is reckoned by. Other than the levels that points are judged
 * by, it does not follow an incident while that is open; a new level it meets within about half a day.
 */
export class Expectation {
  readonly #cells: Float64Array

  constructor(cells: Float64Array) {
    this.#cells = cells
  }

  get level(): number {
    return this.#cells[LEVEL] as number
  }
  get expected(): number {
    return this.#cells[EXPECTED] as number
  }
  get lower(): number {
    return this.#cells[LOWER] as number
  }
  get upper(): number {
    return this.#cells[UPPER] as number
  }
  /** Whether an incident is going on. */
  get incident(): boolean {
    return this.#cells[OPEN] === 1
  }

  /** Stands still from here on, until three calm points. */
  stand() {
    this.#cells[OPEN] = 1
    this.#cells[CALM] = 0
  }

  begin(value: number) {
    this.#cells[LEVEL] = value
  }

  /** Says what is expected before the value is learned. */
  say(expected: number, { kind, bounded, sigma, distance, count, denominator }: Band) {
    const usual = Math.min(WIDEST, Math.max(NARROWEST, distance))
    const wide = Math.min(WIDEST_COLD, usual * Math.sqrt(1 + (2 * constants.warmup) / count))
    const chance = bandByChance(kind, expected, wide, denominator)
    const least = bounded ? 0 : Number.NEGATIVE_INFINITY
    const most = kind === 'ratio' && denominator !== undefined ? 1 : Number.POSITIVE_INFINITY
    const within = (figure: number) => Math.min(most, Math.max(least, figure))
    this.#cells[EXPECTED] = within(expected)
    this.#cells[LOWER] = within(Math.min(chance.lower, expected - wide * sigma))
    this.#cells[UPPER] = within(Math.max(chance.upper, expected + wide * sigma))
  }

  /** What would have been expected at a time that has no value: the last band, moved along. */
  slide(expected: number) {
    const by = expected - this.expected
    const least = this.lower >= 0 && this.expected >= 0 ? 0 : Number.NEGATIVE_INFINITY
    for (const cell of [EXPECTED, LOWER, UPPER]) this.#cells[cell] = Math.max(least, (this.#cells[cell] as number) + by)
  }

  /** An incident opens with an alarm and is over when three points in a row lie in the inner half of the band. */
  follow(value: number, alarmed: boolean) {
    const cells = this.#cells
    if (alarmed) cells[OPEN] = 1
    const off = value - this.expected
    const room = off < 0 ? this.expected - this.lower : this.upper - this.expected
    cells[CALM] = 2 * Math.abs(off) <= room && !alarmed ? (cells[CALM] as number) + 1 : 0
    if ((cells[CALM] as number) >= CALM_POINTS) cells[OPEN] = 0
  }

  /** `off`: how far the value lay from what was said, as far as it is believed. */
  learn(off: number, count: number, pointsPerDay: number) {
    const usual = Math.max(constants.slow_weight, 1 / count)
    const whileOpen = Math.min(usual, Math.max(constants.incident_weight, 2 / pointsPerDay))
    this.#cells[LEVEL] = this.level + (this.incident ? whileOpen : usual) * off
  }
}
