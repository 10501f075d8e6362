interface Chains {
  /** The columns that say whether an event is a step, in the order of the steps. */
  all: string[]
  /** Whether one event might be two steps. */
  mayOverlap: boolean
  /** Whether a chain may begin with every event of the first step, or with the visitor's first alone. */
  from: 'every' | 'first'
}

/**
 * How far a visitor came in order, later steps at or after the one before and within the window of the start: over the
 * best start, or over the first.
 * @returns aggregates of a visitor, and over them how many steps were reached and how many milliseconds each took (−1: never)
 */
export function chainSql({ all, mayOverlap, from }: Chains) {
  const marks = marksSql(all, mayOverlap)
  if (from === 'first') {
    // A step has taken some time only when this one chain reached it.
    const own = 'arrayFilter(mark -> mark.1 >= start AND (mark.2 != 1 OR mark.1 = start), marks)'
    return {
      ofVisitor: `minIf(at, step_1) AS start, ${marks} AS marks`,
      strides: stridesSql(all.length, own),
      reached: '1 + arrayCount(stride -> stride >= 0, strides)',
    }
  }
  const reached = `windowFunnel({window_ms:UInt64}${mayOverlap ? `, 'strict_once'` : ''})(at, ${all.join(', ')})`
  return {
    ofVisitor: `${reached} AS reached, ${marks} AS marks`,
    strides: stridesSql(all.length, 'if(reached > 1, marks, [])'),
    reached: 'reached',
  }
}

/** Aggregate: (time, step) of each event that is a step, in order. Of one event's steps the later ones come first. */
function marksSql(all: string[], mayOverlap: boolean): string {
  // Times between steps are asked only of those who may have made a second one.
  const seen = `(${all.join(' OR ')}) AND visitor_id IN (SELECT visitor_id FROM facts WHERE step_2)`
  if (!mayOverlap) {
    const step = all.map((name, at) => `${name}, ${at + 1}`).join(', ')
    return `arraySort(groupArrayIf((at, toUInt8(multiIf(${step}, 0))), ${seen}))`
  }
  const downwards = all.map((_, at) => all.length - at).join(', ')
  const event = `(at, arrayFilter(i -> [${all.join(', ')}][i], CAST([${downwards}], 'Array(UInt8)')), sipHash64(message_id))`
  return `arrayFlatten(arrayMap(e -> arrayMap(i -> (e.1, i), e.2), arraySort(e -> (e.1, e.2[-1], e.3), groupArrayIf(${event}, ${seen}))))`
}

/**
 * How many milliseconds each step took, the first time that it was reached; −1: never. For each step the fold keeps when
 * the newest chain to it began and when it got there. Of first steps in a row only the last can begin anything newer.
 */
function stridesSql(steps: number, marks: string): string {
  const positions = Array.from({ length: steps }, (_, at) => at + 1).join(', ')
  const needed = `arrayFilter((mark, next) -> mark.2 != 1 OR next.2 != 1, ${marks} AS own, arrayShiftLeft(own, 1, (toUInt64(0), toUInt8(1))))`
  const follows = `mark.2 = i AND i > 1 AND acc.1[i - 1] > 0 AND mark.1 <= acc.1[i - 1] + {window_ms:UInt64}`
  const empty = (value: string) => `arrayWithConstant(${steps}, ${value})`
  return `arrayFold((acc, mark) -> (
      arrayMap((began, i) -> multiIf(mark.2 = i AND i = 1, mark.1, ${follows}, acc.1[i - 1], began), acc.1, [${positions}]),
      arrayMap((got, i) -> if((mark.2 = i AND i = 1) OR (${follows}), mark.1, got), acc.2, [${positions}]),
      arrayMap((stride, i) -> if(stride < 0 AND ${follows}, toInt64(mark.1 - acc.2[i - 1]), stride), acc.3, [${positions}])
    ), ${needed}, (${empty('toUInt64(0)')}, ${empty('toUInt64(0)')}, ${empty('toInt64(-1)')})).3`
}
