import { constants } from './constants.ts'

/** Cells of gaps: empty points in a row, and how often the last thousand or so were empty. */
export const GAPS_CELLS = 2
const [IN_A_ROW, OFTEN] = [0, 1]
const MEMORY = 1000
const KEEP = 1 - 1 / MEMORY
/** However careful a series was so far, one empty point in a thousand is believed possible. */
const [RAREST, COMMONEST] = [0.001, 0.9]

/** A gap is no drop: how unlikely is one this long in a series that has gaps this often? */
export class Gaps {
  readonly #cells: Float64Array

  constructor(cells: Float64Array) {
    this.#cells = cells
  }

  filled() {
    this.#cells[IN_A_ROW] = 0
    this.#cells[OFTEN] = (this.#cells[OFTEN] as number) * KEEP
  }

  /** −log10 of the chance of so many empty points in a row. */
  empty(): number {
    const cells = this.#cells
    const before = (cells[OFTEN] as number) - (cells[IN_A_ROW] as number)
    cells[IN_A_ROW] = (cells[IN_A_ROW] as number) + 1
    cells[OFTEN] = (cells[OFTEN] as number) * KEEP + 1
    const usual = Math.min(COMMONEST, Math.max(RAREST, (before + 1) / MEMORY))
    return Math.min(constants.score_most, -(cells[IN_A_ROW] as number) * Math.log10(usual))
  }
}
