import type { Store } from '../access/directory.ts'
import type { FieldProblem } from '../events/field-problem.ts'
import { rejectedLine } from '../rejected.ts'
import type { World } from '../world.ts'

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

/** Of whom records are taken, as what, and when by our clock, in milliseconds. */
export interface Taking {
  store: Store
  kind: string
  receivedAt: number
}

/** Keeps the account of a body: what was accepted, what was refused and why, which fields nobody knows. */
export class Takings {
  readonly taken: TakenRecords = { accepted: 0, rejected: [] }
  readonly #world: World
  readonly #taking: Taking
  readonly #fields: ReadonlySet<string>
  readonly #unknown = new Set<string>()

  constructor(world: World, taking: Taking, fields: Iterable<string>) {
    this.#world = world
    this.#taking = taking
    this.#fields = new Set(fields)
  }

  accept(count: number): void {
    const { store, kind } = this.#taking
    this.taken.accepted += count
    this.#world.metrics.accepted.inc({ store: store.store_id, kind }, count)
  }

  /** @returns the line of the refused record's row of `rejected_events` */
  refuse(index: number, record: unknown, problem: FieldProblem): string {
    const { store, kind, receivedAt } = this.#taking
    const { metrics, personal } = this.#world
    const { path, message } = problem
    if (this.taken.rejected.length < mostListed) this.taken.rejected.push({ index, path, message })
    else this.taken.more_rejected = (this.taken.more_rejected ?? 0) + 1
    metrics.rejected.inc({ store: store.store_id, kind, reason: problem.code })
    const payload = record instanceof NotJson ? record.text : record
    const facts = { store_id: store.store_id, personal, receivedAt, kind, protocol: 'records' }
    return rejectedLine({ ...facts, problem, payload })
  }

  /** A misspelt optional field would be lost in silence. */
  warnOfUnknown(index: number, record: object): void {
    for (const field in record) {
      if (this.#fields.has(field) || this.#unknown.has(field) || this.#unknown.size >= mostWarnings) continue
      this.#unknown.add(field)
      this.taken.warnings ??= []
      const message = `is no field of ${this.#taking.kind} and was left out, here and wherever it comes again`
      this.taken.warnings.push({ index, path: field.slice(0, 100), message })
    }
  }
}

/** What of a record is wrong before its fields are looked at. */
export function shapeProblem(record: unknown): FieldProblem | undefined {
  if (record instanceof NotJson) return { code: 'not_json', path: '', message: 'is not JSON' }
  if (typeof record === 'object' && record !== null && !Array.isArray(record)) return undefined
  return { code: 'invalid_field', path: '', message: 'must be an object' }
}
