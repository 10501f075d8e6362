import type { z } from 'zod'
import type { Store } from '../access/directory.ts'
import { BadField, explain, type FieldProblem, writePath } from '../events/field-problem.ts'
import { keep } from '../keep.ts'
import { Problem } from '../problem.ts'
import { rejectedLine } from '../rejected.ts'
import type { World } from '../world.ts'
import { type Clock, readView, type View, type ViewColumns, view } from './view.ts'

export type Body = Readonly<Record<string, unknown>>

/** What a body of a tracker is about, and how it came. */
export interface Arrived {
  store: Store
  body: Body
  userAgent: string
  clock: Clock
}

/** How a part of a body is checked, and the line that is made of it. */
interface Making<Schema extends z.ZodType> {
  schema: Schema
  line: (parsed: z.output<Schema>) => string
}

/** Collects what of a body is refused, as rows of `rejected_events`. */
export class Refusals {
  readonly lines: string[] = []
  readonly told: { path: string; message: string }[] = []
  readonly #world: Pick<World, 'personal' | 'metrics'>
  readonly #arrived: Arrived

  constructor(world: Pick<World, 'personal' | 'metrics'>, arrived: Arrived) {
    this.#world = world
    this.#arrived = arrived
  }

  /** @param at where in the body it stands */
  add(kind: 'click' | 'reading' | 'snapshot', at: string, payload: unknown, problem: FieldProblem): void {
    const { store, clock } = this.#arrived
    const { personal, metrics } = this.#world
    const path = [at, problem.path].filter(Boolean).join('.')
    const facts = { store_id: store.store_id, personal, receivedAt: clock.receivedAt, kind, protocol: 'tracker' }
    this.lines.push(rejectedLine({ ...facts, problem: { ...problem, path }, payload }))
    this.told.push({ path, message: problem.message })
    metrics.rejected.inc({ store: store.store_id, kind, reason: problem.code })
  }

  /** Parses a part of a body and makes a line of it; undefined when it is refused. */
  take<Schema extends z.ZodType>(
    kind: 'click' | 'reading',
    at: string,
    sent: unknown,
    { schema, line }: Making<Schema>,
  ): string | undefined {
    const parsed = schema.safeParse(sent)
    if (!parsed.success) {
      this.add(kind, at, sent, explain(parsed.error, sent))
      return undefined
    }
    try {
      return line(parsed.data)
    } catch (error) {
      if (!(error instanceof BadField)) throw error
      this.add(kind, at, sent, { code: error.code, path: error.path, message: error.message })
      return undefined
    }
  }

  /** The same with each entry of a list. */
  takeEach<Schema extends z.ZodType>(
    kind: 'click' | 'reading',
    at: string,
    all: unknown[],
    making: Making<Schema>,
  ): string[] {
    return all.flatMap((one, index) => this.take(kind, `${at}[${index}]`, one, making) ?? [])
  }
}

/**
 * The view that a body is about.
 * @throws Problem 422 with every field that is wrong, once the body is kept as a rejected row
 */
export async function readBodyView(
  world: World,
  kind: 'reading' | 'snapshot',
  arrived: Arrived,
): Promise<{ columns: ViewColumns; sent: View }> {
  const { body, clock, store } = arrived
  const refuse = async (problem: FieldProblem, errors: { path: string; message: string }[]) => {
    const refusals = new Refusals(world, arrived)
    const { writeKey: _, ...payload } = body
    refusals.add(kind, '', payload, problem)
    await keep(world, [{ table: 'rejected_events', lines: refusals.lines, stores: [store.store_id] }])
    throw new Problem('invalid_request', 'The view of this body is wrong: nothing of it can be kept.', { errors })
  }
  const parsed = view.safeParse(body.view)
  if (!parsed.success) {
    const first = explain(parsed.error, body.view)
    const pathOf = (path: readonly PropertyKey[]) => writePath(['view', ...path])
    const errors = parsed.error.issues.map(({ path, message }) => ({ path: pathOf(path), message }))
    return refuse({ ...first, path: ['view', first.path].filter(Boolean).join('.') }, errors)
  }
  try {
    return { columns: readView(parsed.data, world.personal, clock), sent: parsed.data }
  } catch (error) {
    if (!(error instanceof BadField)) throw error
    const { code, path, message } = error
    return refuse({ code, path, message }, [{ path, message }])
  }
}
