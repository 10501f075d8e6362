import type { Explanation, Incident } from '@guanlan/warehouse/alerts/incident'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import { moneyOf, type Sold, withoutVisitors } from './money-of.ts'
import type { Weeks } from './parts-of.ts'
import type { Narrowing } from './slice-sums.ts'

const measures = ['visitors', 'buyers', 'paid_gmv'] as const
const unknown = { money: { expected: null, actual: null, gap: null, per_hour: null }, factors: null }

const soldOf = ([visitors = 0, buyers = 0, paid = 0]: number[] = [], scale = 1): Sold => ({
  visitors: visitors * scale,
  buyers: buyers * scale,
  paid: paid * scale,
})

/** Windows of the past wide enough to know what a visitor is worth, and what their mean is worth in the window of now. */
interface Worth {
  windows: readonly number[]
  scale: number
}

interface Known {
  weeks: Weeks
  worth: Worth
  incident: Pick<Incident, 'metric' | 'value'>
  causes: Explanation['causes']
  hours: number
  /** Whether the facts of visits know the filters of the rule, and those of orders. */
  knows: { visits: boolean; orders: boolean }
}

/** Whether fewer of it are fewer visits: how fast a page is, or how often a payment fails, says nothing of that. */
const isTraffic = (metric: MetricName): boolean => {
  const { from, unit, reading } = metrics[metric]
  return ['traffic', 'sessions'].includes(from) && unit === 'count' && !reading
}

/** What came, reckoned from missing visitors where traffic changed, counted where it did not. */
function came({ weeks, worth, incident, causes }: Known, usual: Sold): Sold {
  if (!isTraffic(incident.metric)) {
    return soldOf(weeks.sums({ measures, narrowed: [], windows: weeks.now }).get(''))
  }
  const slices = causes.map(({ slices: [first, ...closer], expected, actual }) => {
    const narrowed = [first, ...closer].flatMap((one): Narrowing[] => (one ? [['is', one.dimension, one.value]] : []))
    return { expected, actual, usual: soldOf(weeks.sums({ measures, narrowed, windows: worth.windows }).get('')) }
  })
  if (slices.length > 0) return withoutVisitors(usual, slices)
  const { expected, actual } = incident.value
  const share = expected && actual !== null ? actual / expected : 1
  return { visitors: usual.visitors * share, buyers: usual.buyers * share, paid: usual.paid * share }
}

/** Paid GMV lost (or won) in the window and which factor carries it, as far as the facts know the rule's filters. */
export function lostMoney(known: Known): Pick<Explanation, 'money' | 'factors'> {
  const { weeks, worth, hours, knows } = known
  if (!knows.orders) return unknown
  const usual = soldOf(weeks.sums({ measures, narrowed: [], windows: worth.windows }).get(''), worth.scale)
  const { money, factors } = moneyOf(usual, came(known, usual), hours)
  return { money, factors: knows.visits ? factors : null }
}
