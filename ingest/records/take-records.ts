import { BadField, explain, type FieldProblem } from '../events/field-problem.ts'
import { keep } from '../keep.ts'
import type { World } from '../world.ts'
import { type RecordArrival, type RecordKind, writeLine } from './record.ts'
import { shapeProblem, type TakenRecords, Takings } from './takings.ts'

/** Turns records into rows and spools them, in as many pieces as are given. */
export class RecordTaker {
  #index = 0
  readonly #world: World
  readonly #kind: RecordKind
  readonly #arrival: RecordArrival
  readonly #takings: Takings

  constructor(world: World, name: string, kind: RecordKind, arrival: Omit<RecordArrival, 'personal'>) {
    this.#world = world
    this.#kind = kind
    this.#arrival = { ...arrival, personal: world.personal }
    this.#takings = new Takings(world, { ...arrival, kind: name }, Object.keys(kind.body.shape))
  }

  get taken(): TakenRecords {
    return this.#takings.taken
  }

  /**
   * @returns when the good ones are on disk, and the refused ones with their reasons
   * @throws Problem 503 when the spool takes nothing more
   */
  async take(records: unknown[]): Promise<void> {
    const { store_id } = this.#arrival.store
    const lines: string[] = []
    const refused: string[] = []
    for (const record of records) {
      const result = this.#read(record)
      if (typeof result === 'string') lines.push(result)
      else refused.push(this.#takings.refuse(this.#index, record, result))
      this.#index++
    }
    await keep(this.#world, [
      { table: this.#kind.table, lines, stores: [store_id] },
      { table: 'rejected_events', lines: refused, stores: [store_id] },
    ])
    this.#takings.accept(lines.length)
  }

  #read(record: unknown): string | FieldProblem {
    const problem = shapeProblem(record)
    if (problem) return problem
    const parsed = this.#kind.body.safeParse(record)
    if (!parsed.success) return explain(parsed.error, record)
    this.#takings.warnOfUnknown(this.#index, record as object)
    try {
      return writeLine(this.#kind, parsed.data, this.#arrival)
    } catch (error) {
      if (!(error instanceof BadField)) throw error
      return { code: error.code, path: error.path, message: error.message }
    }
  }
}
