import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import type { Stretch } from './read-table.ts'
import type { Rule } from './series.ts'

/** What the ledger alone tells goes on while the storefront is not heard. */
const fromLedger = new Set(['refunds', 'returns', 'spend'])

const isFromLedger = (metric: MetricName): boolean => {
  const { from, making, reading } = metrics[metric]
  if (making.kind === 'ratio') return isFromLedger(making.numerator as MetricName)
  return reading === 'exceptions' || fromLedger.has(from)
}

/** Whether the stretches without data leave nothing to judge in a bucket by this rule. Stretches in order of time. */
export function mutes(troubles: readonly Stretch[], { value }: Rule, { start, end }: Stretch): boolean {
  if (isFromLedger(value.metric) || value.condition.type === 'forecast') return false
  // The newest come last, and are those that are asked of.
  for (let at = troubles.length - 1; at >= 0; at -= 1) {
    const trouble = troubles[at] as Stretch
    if (trouble.end <= start) return false
    if (trouble.start < end) return true
  }
  return false
}
