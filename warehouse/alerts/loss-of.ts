import type { Explanation } from './incident.ts'

export interface Loss {
  so_far: number
  per_hour: number | null
}

/** Below a cent nothing is lost. */
const nothing = 0.005

/** What an incident has cost so far in paid GMV: positive is lost, negative is more than expected; null while nobody knows. */
export function lossOf(explanation: Explanation | null): Loss | null {
  if (!explanation) return null
  const { expected, actual, gap, per_hour } = explanation.money
  const so_far = expected !== null && actual !== null ? expected - actual : gap === null ? null : -gap
  if (so_far === null || Math.abs(so_far) < nothing) return null
  return { so_far, per_hour: per_hour === null ? null : Math.abs(per_hour) * Math.sign(so_far) }
}
