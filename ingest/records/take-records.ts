import { BadField, explain, type FieldProblem } from '../events/field-problem.ts'
import { keep } from '../keep.ts'
import { rejectedLine } from '../rejected.ts'
import type { World } from '../world.ts'
import { type RecordArrival, type RecordKind, writeLine } from './record.ts'

interface RecordRefusal {
  /** Its place in the body, from 0. */
  index: number
  path: string
  message: string
}

/** What became of the records of a body. */
export interface TakenRecords {
  accepted: number
  rejected: RecordRefusal[]
  /** Fields that no record of this kind has: they were left out. */
  warnings?: RecordRefusal[]
  /** How many more were refused than are listed. */
  more_rejected?: number
}

/** A line of NDJSON that is no JSON. */
export class NotJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const mostListed = 10_000
const mostWarnings = 100

/** Turns records into rows and spools them, in as many pieces as are given. */
export class RecordTaker {
  readonly taken: TakenRecords = { accepted: 0, rejected: [] }
  #index = 0
  readonly #world: World
  readonly #name: string
  readonly #kind: RecordKind
  readonly #arrival: RecordArrival
  readonly #fields: ReadonlySet<string>
  readonly #unknown = new Set<string>()

  constructor(world: World, name: string, kind: RecordKind, arrival: Omit<RecordArrival, 'personal'>) {
    this.#world = world
    this.#name = name
    this.#kind = kind
    this.#arrival = { ...arrival, personal: world.personal }
    this.#fields = new Set(Object.keys(kind.body.shape))
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
      else refused.push(this.#refuse(record, result))
      this.#index++
    }
    await keep(this.#world, [
      { table: this.#kind.table, lines, stores: [store_id] },
      { table: 'rejected_events', lines: refused, stores: [store_id] },
    ])
    this.taken.accepted += lines.length
    this.#world.metrics.accepted.inc({ store: store_id, kind: this.#name }, lines.length)
  }

  #read(record: unknown): string | FieldProblem {
    if (record instanceof NotJson) return { code: 'not_json', path: '', message: 'is not JSON' }
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      return { code: 'invalid_field', path: '', message: 'must be an object' }
    }
    const parsed = this.#kind.body.safeParse(record)
    if (!parsed.success) return explain(parsed.error, record)
    this.#warnOfUnknown(record)
    try {
      return writeLine(this.#kind, parsed.data, this.#arrival)
    } catch (error) {
      if (!(error instanceof BadField)) throw error
      return { code: error.code, path: error.path, message: error.message }
    }
  }

  #refuse(record: unknown, problem: FieldProblem): string {
    const { store, personal, receivedAt } = this.#arrival
    const { path, message } = problem
    if (this.taken.rejected.length < mostListed) this.taken.rejected.push({ index: this.#index, path, message })
    else this.taken.more_rejected = (this.taken.more_rejected ?? 0) + 1
    this.#world.metrics.rejected.inc({ store: store.store_id, kind: this.#name, reason: problem.code })
    const payload = record instanceof NotJson ? record.text : record
    const facts = { store_id: store.store_id, personal, receivedAt, kind: this.#name, protocol: 'records' }
    return rejectedLine({ ...facts, problem, payload })
  }

  /** A misspelt optional field would be lost in silence. */
  #warnOfUnknown(record: object): void {
    for (const field in record) {
      if (this.#fields.has(field) || this.#unknown.has(field) || this.#unknown.size >= mostWarnings) continue
      this.#unknown.add(field)
      this.taken.warnings ??= []
      const message = `is no field of ${this.#name} and was left out, here and wherever it comes again`
      this.taken.warnings.push({ index: this.#index, path: field.slice(0, 100), message })
    }
  }
}
