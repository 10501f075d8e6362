import { constants } from './constants.ts'

/** Cells of an alarm: what the last alarm still hides, alarms lately. */
export const ALARM_CELLS = 2
const [HIDDEN, LATELY] = [0, 1]
const WEEK = 604_800

export type Sensitivity = { wanted_per_week: number }

/** −log10 of the tail probability at which an alarm is raised. Twice the wanted number lowers it by log10 2. */
export const alarmAt = ({ wanted_per_week }: Sensitivity) =>
  Math.max(1, constants.alarm_at - Math.log10(wanted_per_week / constants.wanted_per_week))

/**
 * One incident, one alarm: what an alarm has already said is taken off the evidence that follows, until it fades; an
 * incident that goes on says nothing new, one that becomes much worse does. A series that alarms far more often than
 * wanted must show more.
 */
export class Alarm {
  readonly #cells: Float64Array
  readonly #at: number
  readonly #budget: number

  constructor(cells: Float64Array, sensitivity: Sensitivity) {
    this.#cells = cells
    this.#at = alarmAt(sensitivity)
    this.#budget = constants.budget_factor * sensitivity.wanted_per_week
  }

  /** The evidence that is new, in multiples of what an alarm needs: an alarm is raised at 1. `elapsed`: seconds since the last point. */
  judge(evidence: number, elapsed: number): number {
    const cells = this.#cells
    const fresh = Math.max(0, evidence - (cells[HIDDEN] as number))
    // LATELY is a sum that halves every week; times ln 2 it is the number a week.
    const lately = (cells[LATELY] as number) * 0.5 ** (elapsed / WEEK)
    const excess = Math.max(1, (lately * Math.LN2) / this.#budget) ** constants.budget_power
    cells[LATELY] = lately + (fresh >= this.#at ? 1 : 0)
    const faded = (cells[HIDDEN] as number) * 0.5 ** (1 / constants.refractory_points)
    const hidden = faded < 0.3 * this.#at ? 0 : faded
    cells[HIDDEN] = evidence >= this.#at ? Math.max(hidden, evidence) : hidden
    return fresh / excess / this.#at
  }
}
