/** A target of a metric: `value` over days, `to` the first day after them. */
export interface Aim {
  from: string
  to: string
  value: number
}

export interface FoundTarget {
  value: number | null
  basis: 'exact' | 'sum' | 'none'
}

const none: FoundTarget = { value: null, basis: 'none' }

/**
 * The target of a run of days: one for just these, else the sum of the fewest that fill them without a gap or an overlap.
 * @param aims newest first: of two for the same days the newest counts
 */
export function targetOf({ from, to }: { from: string; to: string }, aims: readonly Aim[]): FoundTarget {
  const exact = aims.find((aim) => aim.from === from && aim.to === to)
  if (exact) return { value: exact.value, basis: 'exact' }
  // From each day that can be reached the sum that reaches it; those reached by fewest come first.
  const reached = new Map([[from, 0]])
  for (const [day, sum] of reached) {
    for (const aim of aims) {
      if (aim.from === day && aim.to <= to && !reached.has(aim.to)) reached.set(aim.to, sum + aim.value)
    }
  }
  const value = reached.get(to)
  return value === undefined || from >= to ? none : { value, basis: 'sum' }
}
