/**
 * One block of numbers that holds all a detector remembers of one series. The parts of the detector take views of it,
 * so saving is copying one array, and a restored detector goes on bit by bit as if nothing had happened.
 */
export class Memory {
  readonly cells: Float64Array
  #taken = 0

  constructor(size: number, saved?: Uint8Array) {
    this.cells = new Float64Array(size)
    if (!saved) return
    if (saved.byteLength !== this.cells.byteLength)
      throw new RangeError(`saved state has ${saved.byteLength} bytes, expected ${this.cells.byteLength}`)
    new Uint8Array(this.cells.buffer).set(saved)
  }

  /** The next `length` cells. Parts must be taken in the same order each time. */
  take(length: number): Float64Array {
    const from = this.#taken
    this.#taken += length
    if (this.#taken > this.cells.length) throw new RangeError(`memory of ${this.cells.length} cells is too small`)
    return this.cells.subarray(from, this.#taken)
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.cells.slice().buffer)
  }
}
