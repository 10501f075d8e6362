import type { Line } from '../rows/line.ts'
import type { Row } from '../rows/make-rows.ts'

/** Rows that travel together; cut the same way each time, so that a number names the same rows after a break. */
export interface Batch {
  output: number
  number: number
  /** JSON of each row. */
  bodies: string[]
  /** The lines each row was made of. */
  lines: Line[][]
}

const mostRows = 1_000
const mostBytes = 2 ** 20

/** Cuts rows into batches, apart for each output. */
export class Batches {
  readonly #open = new Map<number, Batch & { bytes: number }>()
  readonly #numbers = new Map<number, number>()

  /** @returns the batch that is full with this row */
  add({ output, body, lines }: Row): Batch | undefined {
    const json = JSON.stringify(body)
    const batch = this.#open.get(output) ?? this.#start(output)
    batch.bodies.push(json)
    batch.lines.push(lines)
    batch.bytes += Buffer.byteLength(json)
    return batch.bodies.length >= mostRows || batch.bytes >= mostBytes ? this.#finish(output) : undefined
  }

  /** What is left at the end. */
  rest(): Batch[] {
    return [...this.#open.keys()].flatMap((output) => this.#finish(output) ?? [])
  }

  #start(output: number) {
    const number = this.#numbers.get(output) ?? 0
    this.#numbers.set(output, number + 1)
    const batch = { output, number, bodies: [], lines: [], bytes: 0 }
    this.#open.set(output, batch)
    return batch
  }

  #finish(output: number): Batch | undefined {
    const batch = this.#open.get(output)
    this.#open.delete(output)
    return batch
  }
}
