import { constants } from './constants.ts'

/** Cells of repeats: the value, how often it came again in a row, and how often the value changed. */
export const REPEATS_CELLS = 3
const [VALUE, AGAIN, CHANGES] = [0, 1, 2]

/** How often the same value came again in a row. Zeros are for the other views: no orders at night is no stuck counter. */
export class Repeats {
  readonly #cells: Float64Array

  constructor(cells: Float64Array) {
    this.#cells = cells
  }

  /** 0 too for a series that has hardly ever changed. */
  learn(value: number, count: number): number {
    const cells = this.#cells
    const changed = count === 1 || value !== cells[VALUE]
    cells[AGAIN] = changed ? 0 : (cells[AGAIN] as number) + 1
    if (changed) cells[CHANGES] = (cells[CHANGES] as number) + 1
    cells[VALUE] = value
    return value !== 0 && (cells[CHANGES] as number) > constants.warmup ? (cells[AGAIN] as number) : 0
  }
}
