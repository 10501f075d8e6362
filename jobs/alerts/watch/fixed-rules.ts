import type { FindingName, Seen } from './judged.ts'
import type { Condition } from './series.ts'

/** What a fixed rule says of one bucket; undefined where nothing can be said. */
export interface FixedVerdict {
  finding: FindingName
  isBad: boolean
  /** Well again, which may ask for more than not being bad. */
  isGood: boolean
  expected: number | null
  lower: number | null
  upper: number | null
}

/** A share of fewer cases is chance. */
const leastTotal = 20

/** Judges one bucket by a rule that learns nothing. Pure. */
export function fixedVerdict(
  condition: Condition,
  { value, total, weekAgo, forecast }: Seen,
): FixedVerdict | undefined {
  if (value === null) return undefined
  switch (condition.type) {
    case 'threshold': {
      const { is, value: border, clear = border } = condition
      return {
        ...{ finding: 'threshold' as const, expected: null },
        isBad: is === 'above' ? value > border : value < border,
        isGood: is === 'above' ? value <= clear : value >= clear,
        lower: is === 'below' ? border : null,
        upper: is === 'above' ? border : null,
      }
    }
    case 'change': {
      if (weekAgo === null || weekAgo === undefined || weekAgo <= 0) return undefined
      const [lower, upper] = [weekAgo * (1 - condition.by), weekAgo * (1 + condition.by)]
      const isDrop = condition.direction !== 'spike' && value <= lower
      const isBad = isDrop || (condition.direction !== 'drop' && value >= upper)
      return { finding: 'change', isBad, isGood: !isBad, expected: weekAgo, lower, upper }
    }
    case 'share': {
      if (total === null || total === undefined || total < leastTotal) return undefined
      const upper = condition.above * total
      return { finding: 'share', isBad: value > upper, isGood: value <= upper, expected: null, lower: null, upper }
    }
    case 'forecast': {
      if (!forecast) return undefined
      const lower = (1 - condition.below) * forecast.target
      const isBad = forecast.forecast < lower
      return { finding: 'forecast', isBad, isGood: !isBad, expected: forecast.target, lower, upper: null }
    }
    default:
      return undefined
  }
}
