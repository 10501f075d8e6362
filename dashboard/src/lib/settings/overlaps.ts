interface Target {
  id: string
  metric: string
  from: string
  to: string
}

/** Which targets share days with another of the same metric that is neither within them nor around them: id → those. */
export function overlaps<Each extends Target>(targets: readonly Each[]): Map<string, Each[]> {
  const found = new Map<string, Each[]>()
  for (const one of targets) {
    const others = targets.filter(
      (other) =>
        other.id !== one.id &&
        other.metric === one.metric &&
        other.from < one.to &&
        one.from < other.to &&
        !nested(one, other),
    )
    if (others.length > 0) found.set(one.id, others)
  }
  return found
}

/** A day's target within a month's says how the month is to be reached; twice the same days, or days across, contradict. */
function nested(one: Target, other: Target): boolean {
  if (one.from === other.from && one.to === other.to) return false
  return (one.from <= other.from && other.to <= one.to) || (other.from <= one.from && one.to <= other.to)
}
