import type { Incident } from '@guanlan/warehouse/alerts/incident'

/** What an incident has cost so far in paid GMV: positive is lost, negative is more than expected. */
export function lossesOf(explanation: Incident['explanation']): { so_far: number; per_hour: number } | undefined {
  if (!explanation) return undefined
  const { expected, actual, gap, per_hour } = explanation.money
  const so_far = expected !== null && actual !== null ? expected - actual : gap === null ? null : -gap
  if (so_far === null || Math.abs(so_far) < 0.005) return undefined
  const rate = per_hour === null ? so_far : Math.abs(per_hour) * Math.sign(so_far)
  return { so_far, per_hour: rate }
}
