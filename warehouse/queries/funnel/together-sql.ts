import { QueryError } from '../query-error.ts'
import type { ParsedFunnel } from './contract.ts'

type Step = Pick<ParsedFunnel['steps'][number], 'name' | 'where'>

/** As many as eight steps make. */
const mostSets = 247

interface StepSet {
  /** Bit n − 1 is step n. */
  steps: number
  /** Its last step. */
  last: number
  size: number
}

/**
 * How far a visitor came in any order: step n is reached when some stretch no longer than the window holds an event for
 * each of the first n, no event being two of them.
 *
 * That there is an event for each is Hall's condition: every set of steps has as many events as steps. Only steps of one
 * name can share an event, so sets across names say nothing new; and where no event is two steps, single steps suffice.
 * @returns aggregates of a visitor, and over them how many steps were reached and how many milliseconds each was done after
 * all before it (−1: never)
 * @throws QueryError when too many different steps ask for one event
 */
export function togetherSql(steps: readonly Step[]) {
  const mask = steps.map((_, at) => `step_${at + 1} * ${2 ** at}`).join(' + ')
  const seen = `(${steps.map((_, at) => `step_${at + 1}`).join(' OR ')}) AND visitor_id IN (SELECT visitor_id FROM facts WHERE step_2)`
  const singles = setsSql(steps.map((_, at) => ({ steps: 2 ** at, last: at + 1, size: 1 })))
  const shared = sharedSets(steps)
  const sets =
    shared.length === 0
      ? singles
      : `if(arrayExists(mark -> bitCount(mark.2) > 1, marks), arrayConcat(${singles}, ${setsSql(shared)}), ${singles})`
  const positions = steps.map((_, at) => at + 1).join(', ')
  // Of each set the fold keeps when its latest events were, as many as it has steps; of each step when it was reached.
  const latest = `arrayMap((times, one) -> if(bitAnd(mark.2, one.1) != 0, arrayPushBack(arrayPopFront(times), mark.1), times), acc.1, sets)`
  const level = `arrayMin(arrayMap((times, one) -> if(times[1] > 0 AND mark.1 <= times[1] + {window_ms:UInt64}, ${steps.length}, one.2 - 1), latest, sets))`
  const done = `arrayFold((acc, mark) -> arrayMap(latest -> (
      latest,
      arrayMap(level -> arrayMap((at, i) -> if(at = 0 AND i <= level, mark.1, at), acc.2, [${positions}]), [${level}])[1]
    ), [${latest}])[1],
    marks, (arrayMap(one -> arrayWithConstant(one.3, toUInt64(0)), ${sets} AS sets), arrayWithConstant(${steps.length}, toUInt64(0)))).2`
  return {
    ofVisitor: `arraySort(groupArrayIf((at, toUInt16(${mask})), ${seen})) AS marks`,
    strides: `arrayMap((at, i) -> if(i > 1 AND at > 0, toInt64(at - done[i - 1]), toInt64(-1)), ${done} AS done, [${positions}])`,
    reached: 'greatest(1, arrayCount(at -> at > 0, done))',
  }
}

/**
 * Every set of two or more steps of one name that says something new: of steps that ask the same, only the first so many,
 * because any others are reached later.
 */
function sharedSets(steps: readonly Step[]): StepSet[] {
  const places = steps.map((step, at) => ({ ...step, at }))
  const sets = [...Map.groupBy(places, ({ name }) => name).values()].flatMap((group) => {
    const alike = [...Map.groupBy(group, ({ where }) => JSON.stringify(where)).values()]
    return alike
      .reduce<number[][]>(
        (chosen, same) =>
          chosen.flatMap((set) =>
            [...same.keys(), same.length].map((count) => [...set, ...same.slice(0, count).map(({ at }) => at)]),
          ),
        [[]],
      )
      .filter((set) => set.length > 1)
  })
  if (sets.length > mostSets) {
    throw new QueryError(
      'too_costly',
      'steps',
      'In any order, at most eight different steps can ask for the same event.',
    )
  }
  return sets.map((set) => ({
    steps: set.reduce((sum, at) => sum + 2 ** at, 0),
    last: Math.max(...set) + 1,
    size: set.length,
  }))
}

const setsSql = (sets: StepSet[]) =>
  `CAST([${sets.map(({ steps, last, size }) => `(${steps}, ${last}, ${size})`).join(', ')}], 'Array(Tuple(UInt16, UInt8, UInt8))')`
