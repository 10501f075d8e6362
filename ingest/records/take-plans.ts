import { announceChanged } from '@guanlan/jobs/changed'
import { SettingConflict, writeSetting } from '@guanlan/warehouse/settings/write'
import type { Store } from '../access/directory.ts'
import { BadField, type FieldProblem } from '../events/field-problem.ts'
import { keep } from '../keep.ts'
import { Problem } from '../problem.ts'
import type { World } from '../world.ts'
import { knownPlan } from './known-plan.ts'
import type { Plan, PlanRecords } from './plans.ts'
import { shapeProblem, type TakenRecords, Takings } from './takings.ts'

/** Somebody else may be changing the same plan: then it is read again. */
const mostTries = 3

/**
 * Turns records into settings, each by itself. A record that is no newer than one taken before changes nothing: what a
 * person has changed or deleted since stays as they left it.
 */
export class PlanTaker {
  #index = 0
  readonly #world: World
  readonly #records: PlanRecords
  readonly #store: Store
  readonly #receivedAt: number
  readonly #takings: Takings

  constructor(
    world: World,
    name: string,
    records: PlanRecords,
    { store, receivedAt }: { store: Store; receivedAt: number },
  ) {
    this.#world = world
    this.#records = records
    this.#store = store
    this.#receivedAt = receivedAt
    this.#takings = new Takings(world, { store, receivedAt, kind: name }, records.fields)
  }

  get taken(): TakenRecords {
    return this.#takings.taken
  }

  /**
   * @returns when the good ones are settings, and the refused ones on disk with their reasons
   * @throws Problem 503 while settings cannot be written: those before it stand, and are left alone when they come again
   */
  async take(records: unknown[]): Promise<void> {
    const { store_id } = this.#store
    const refused: string[] = []
    let changed = false
    try {
      for (const record of records) {
        const result = await this.#takeOne(record)
        if (typeof result === 'object') refused.push(this.#takings.refuse(this.#index, record, result))
        else this.#takings.accept(1)
        changed ||= result === true
        this.#index++
      }
    } finally {
      if (changed) this.#announce()
    }
    await keep(this.#world, [{ table: 'rejected_events', lines: refused, stores: [store_id] }])
  }

  /** @returns whether it changed anything, or what is wrong with it */
  async #takeOne(record: unknown): Promise<boolean | FieldProblem> {
    const problem = shapeProblem(record)
    if (problem) return problem
    try {
      const plan = this.#records.read(record, this.#receivedAt)
      this.#takings.warnOfUnknown(this.#index, record as object)
      return await this.#write(plan)
    } catch (error) {
      if (error instanceof BadField) return { code: error.code, path: error.path, message: error.message }
      if (error instanceof SettingConflict) return { code: error.code, path: '', message: error.message }
      this.#world.log.warn({ err: error }, 'a plan cannot be written')
      throw new Problem('unavailable', 'Settings cannot be changed while ClickHouse or Redis is away.', {
        retryAfterSeconds: 5,
        cause: error,
      })
    }
  }

  /** @returns false when the same or something newer was taken before */
  async #write({ kind, id, updatedAt, value }: Plan): Promise<boolean> {
    const { warehouse, redis } = this.#world
    const document = { kind, store_id: this.#store.store_id, id }
    for (let tries = 1; ; tries++) {
      const { version, updated_at } = await knownPlan(warehouse, document)
      if (updated_at >= updatedAt) return false
      try {
        await writeSetting({ warehouse, redis }, { ...document, read_version: version, value, actor: 'server key' })
        return true
      } catch (error) {
        if (!(error instanceof SettingConflict) || tries === mostTries) throw error
      }
    }
  }

  #announce(): void {
    const { redis, log } = this.#world
    announceChanged(redis, { store_id: this.#store.store_id, what: 'settings' }).catch((error: unknown) => {
      log.warn({ err: error }, 'others were not told of a changed plan')
    })
  }
}
