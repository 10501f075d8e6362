import { constants } from './constants.ts'

const DAY = 86_400
/** Cells of a drift: the day, its sum and count, days seen, usual change, a sum for each direction, then the usual mean of each weekday. */
export const DRIFT_CELLS = 7 + 7
const [TODAY, SUM, COUNT, DAYS, NOISE, DOWN, UP, WEEKDAYS] = [0, 1, 2, 3, 4, 5, 6, 7]
const WEEKDAY_WEIGHT = 0.3
/** A day counts beyond this many times the usual change; smaller ones are slack (Page's k). */
const SLACK = 1
/** A change of less than this share of the usual day is no news, however calm the series. */
const LEAST_CHANGE = 0.03
const DAYS_BEFORE_JUDGING = 14

/**
 * Slow decline and slow rise: Page's cumulative sum (Biometrika 1954) over daily means, each against the usual mean of
 * its weekday, in units of the usual change. Speaks once, with the first point of the day after; a move that is told starts anew.
 */
export class Drift {
  readonly #cells: Float64Array

  constructor(cells: Float64Array) {
    this.#cells = cells
  }

  /** Returns the signed sum, negative for a decline, at the first point of a day, else 0. */
  learn(at: number, value: number): number {
    const cells = this.#cells
    const day = Math.floor(at / DAY)
    const ended = cells[TODAY] !== day && (cells[COUNT] as number) > 0
    const told = ended ? this.#endDay(cells[TODAY] as number, (cells[SUM] as number) / (cells[COUNT] as number)) : 0
    if (ended) cells[SUM] = cells[COUNT] = 0
    cells[TODAY] = day
    cells[SUM] = (cells[SUM] as number) + value
    cells[COUNT] = (cells[COUNT] as number) + 1
    return told
  }

  #endDay(day: number, mean: number): number {
    const cells = this.#cells
    const days = (cells[DAYS] as number) + 1
    cells[DAYS] = days
    const weekday = WEEKDAYS + (((day % 7) + 7) % 7)
    if (days <= 7) {
      cells[weekday] = mean
      return 0
    }
    const usual = cells[weekday] as number
    const unit = Math.max(cells[NOISE] as number, LEAST_CHANGE * Math.abs(usual), 1e-9)
    const change = Math.max(-constants.clip, Math.min(constants.clip, (mean - usual) / unit))
    const learning = days <= DAYS_BEFORE_JUDGING
    cells[weekday] = usual + WEEKDAY_WEIGHT * (learning ? mean - usual : change * unit)
    const size = learning ? Math.abs(mean - usual) : Math.abs(change * unit)
    const weight = Math.max(1 / (days - 7), 1 / constants.base_days)
    cells[NOISE] = (cells[NOISE] as number) + weight * (size - (cells[NOISE] as number))
    if (learning) return 0
    cells[DOWN] = Math.max(0, (cells[DOWN] as number) - change - SLACK)
    cells[UP] = Math.max(0, (cells[UP] as number) + change - SLACK)
    const told = (cells[DOWN] as number) > (cells[UP] as number) ? -(cells[DOWN] as number) : (cells[UP] as number)
    if (Math.abs(told) >= constants.drift_told_at) cells[DOWN] = cells[UP] = 0
    return told
  }
}
