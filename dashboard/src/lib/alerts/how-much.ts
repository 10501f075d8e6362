/** How far a value lies from what was expected, as a share of it: −0.4 is 40 % below; null where nothing was expected. */
export function gapOf({ expected, actual }: { expected: number | null; actual: number | null }): number | null {
  if (expected === null || actual === null || expected === 0 || expected === actual) return null
  return (actual - expected) / Math.abs(expected)
}

/** Incidents in the order in which somebody should look at them: what hurts most first. */
export function byUrgency(
  a: { severity: string; loss: { per_hour: number | null } | null; began_at: string },
  b: { severity: string; loss: { per_hour: number | null } | null; began_at: string },
): number {
  const rank = (severity: string) => ['critical', 'warning', 'info'].indexOf(severity)
  return (
    rank(a.severity) - rank(b.severity) ||
    (b.loss?.per_hour ?? 0) - (a.loss?.per_hour ?? 0) ||
    Date.parse(b.began_at) - Date.parse(a.began_at)
  )
}
