import type { ByMetric } from './answers.ts'

/** A bar of the bridge, in shares of the largest total: where it begins and how long it is. */
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
  const totals = values.filter((_, at) => steps[at]?.[1] === 'total')
  const longest = Math.max(...totals.map(Math.abs), Number.MIN_VALUE)
  let level = 0
  return steps.map(([metric, kind], at) => {
    const value = values[at] ?? 0
    const from = kind === 'total' ? 0 : level - value
    level = kind === 'total' ? value : from
    const [low, high] = [within(from, longest), within(from + value, longest)]
    return { metric, kind, value, before: numbers(metric).before, start: low / longest, length: (high - low) / longest }
  })
}

const within = (value: number, most: number) => Math.min(most, Math.max(0, value))
