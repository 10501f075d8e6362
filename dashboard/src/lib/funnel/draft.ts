import type { Step, StepCondition } from './step-text.ts'
import { textOfStep } from './step-text.ts'

/** A step while it is built: it may lack its event, and its conditions their values. */
export interface DraftStep {
  /** Tells steps apart while they are moved about. */
  key: number
  name: string
  where: DraftCondition[]
}

export interface DraftCondition extends StepCondition {
  key: number
}

let keys = 0
const nextKey = () => ++keys

export const emptyStep = (): DraftStep => ({ key: nextKey(), name: '', where: [] })
export const emptyCondition = (): DraftCondition => ({ key: nextKey(), field: 'page_type', operator: 'is', values: [] })

/** Steps for building on, each with keys of its own. */
export const draftOf = (steps: readonly Step[]): DraftStep[] =>
  steps.map(({ name, where }) => ({
    key: nextKey(),
    name,
    where: where.map((one) => ({ ...one, values: [...one.values], key: nextKey() })),
  }))

/** What of a draft can be asked: steps with an event, conditions with a value. */
export const stepsOf = (draft: readonly DraftStep[]): Step[] =>
  draft
    .filter(({ name }) => name !== '')
    .map(({ name, where }) => ({
      name,
      where: where
        .filter(({ field, values }) => field !== '' && values.length > 0)
        .map(({ field, operator, values }) => ({ field, operator, values: [...values] })),
    }))

/** Whether two lists of steps ask the same. */
export const sameSteps = (a: readonly Step[], b: readonly Step[]): boolean =>
  a.length === b.length && a.every((step, at) => textOfStep(step) === textOfStep(b[at] ?? { name: '', where: [] }))

/** A list with one of its members at another place; beyond the ends it stays. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const one = list[from]
  if (one === undefined || to < 0 || to >= list.length) return [...list]
  return list.toSpliced(from, 1).toSpliced(to, 0, one)
}

/** A list with a copy of a step after it. */
export const duplicated = (draft: readonly DraftStep[], at: number): DraftStep[] =>
  draft.toSpliced(at + 1, 0, ...draftOf(draft.slice(at, at + 1)))
