const SEEN = 64
/** Cells of a grain: how many intervals were seen, the estimate, then the intervals. */
export const GRAIN_CELLS = 2 + SEEN
const [COUNT, ESTIMATE] = [0, 1]

/** The usual number of seconds between points: the median of the first 64 intervals, unless it was given. */
export class Grain {
  readonly #cells: Float64Array

  constructor(cells: Float64Array, given?: number) {
    this.#cells = cells
    if (given === undefined) return
    cells[ESTIMATE] = given
    cells[COUNT] = SEEN
  }

  get seconds(): number {
    return (this.#cells[ESTIMATE] as number) || 60
  }

  learn(interval: number) {
    const count = this.#cells[COUNT] as number
    if (count >= SEEN || !(interval > 0)) return
    this.#cells[2 + count] = interval
    this.#cells[COUNT] = count + 1
    const sorted = this.#cells.slice(2, 3 + count).sort()
    this.#cells[ESTIMATE] = sorted[count >> 1] as number
  }
}
