import type { ByMetric } from './answers.ts'

/** A bar of the bridge, in shares of the longest: where it begins and how long it is. */
export interface BridgeStep {
  metric: string
  kind: 'total' | 'loss'
  value: number
  before: number | null | undefined
  start: number
  length: number
}

const steps = [
  ['gmv', 'total'],
  ['unpaid_gmv', 'loss'],
  ['cancelled_gmv', 'loss'],
  ['paid_gmv', 'total'],
  ['refund_amount', 'loss'],
  ['net_sales', 'total'],
] as const

/** From gross over paid to net: a total stands on the ground, a loss hangs where the total before it ended. */
export function bridgeOf(numbers: ByMetric): BridgeStep[] {
  const values = steps.map(([metric]) => numbers(metric).value ?? 0)
  const longest = Math.max(...values.map(Math.abs), Number.MIN_VALUE)
  let level = 0
  return steps.map(([metric, kind], at) => {
    const value = values[at] ?? 0
    const from = kind === 'total' ? 0 : level - value
    level = kind === 'total' ? value : from
    const [low, high] = [Math.max(0, Math.min(from, from + value)), Math.max(0, from + value)]
    return { metric, kind, value, before: numbers(metric).before, start: low / longest, length: (high - low) / longest }
  })
}
