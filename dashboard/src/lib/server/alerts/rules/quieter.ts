import type { Value } from '@guanlan/warehouse/settings/kinds'

type Rule = Value<'rule'>

/** A rarer alarm than one in so many weeks is none. */
const rarest = 0.05
const longest = 60
const digits = 100

/**
 * The same rule half as sensitive: an anomaly is wanted half as often, all else must last twice as long. Undefined where
 * it cannot be any quieter.
 */
export function quieter(rule: Rule): Rule | undefined {
  const { condition } = rule
  if (condition.type === 'anomaly') {
    const wanted_per_week = Math.max(rarest, Math.round((condition.wanted_per_week / 2) * digits) / digits)
    return wanted_per_week < condition.wanted_per_week ? { ...rule, condition: { ...condition, wanted_per_week } } : undefined // biome-ignore format: one shape
  }
  if (!('for_points' in condition)) return undefined
  const for_points = Math.min(longest, condition.for_points * 2)
  return for_points > condition.for_points ? { ...rule, condition: { ...condition, for_points } } : undefined
}
