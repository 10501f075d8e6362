import { metrics } from '../../metrics/catalog.ts'
import type { Question } from './parse.ts'
import { measuresOf } from './plan.ts'
import type { Row } from './rows.ts'

const overOne = {
  code: 'conversion_over_100_percent',
  message: 'More buyers than visitors somewhere: orders came in that the storefront did not see, as offline orders do.',
}
const returnRates: readonly string[] = ['return_rate', 'return_rate_by_value', 'returned_orders', 'returned_amount']
const maturityDays = 30

/** What a reader of the numbers should know. */
export function warningsOf(question: Question, rows: Row[]): { code: string; message: string }[] {
  const conversion = question.metrics.indexOf('conversion_rate')
  const isOver = conversion >= 0 && rows.some((row) => (row.metrics[conversion] ?? 0) > 1)
  const missing =
    question.metrics.flatMap(measuresOf).some((name) => metrics[name].from === 'spend') && !isWholeDays(question)
  return [
    ...(isOver ? [overOne] : []),
    ...(missing ? [{ code: 'spend_by_day', message: 'Ad spend counts the days that begin in the period.' }] : []),
  ]
}

const isWholeDays = ({ period }: Question) =>
  +period.from === +period.from.startOf('day') && +period.to === +period.to.startOf('day')

/** The instant from which placed orders are too young for their return rate, when one is asked. */
export const maturedBefore = (question: Question) =>
  question.metrics.some((name) => returnRates.includes(name)) ? question.asOf.minus({ days: maturityDays }) : undefined
