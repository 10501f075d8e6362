import { comparedPeriod } from '@guanlan/warehouse/queries/comparison'
import type { FunnelRequest } from '@guanlan/warehouse/queries/funnel/contract'
import { periodOf, toIso } from '@guanlan/warehouse/queries/period'
import type { Store } from '@guanlan/warehouse/queries/store'
import { type FunnelQuestion, steps as limits } from '#lib/funnel/funnel-view.ts'
import { soFar } from '../overview/overview-requests.ts'
import type { View } from '../view.ts'

/** The questions of the funnel page: the whole, the same of the compared period, and by a value at entry. */
interface FunnelRequests {
  until?: string | undefined
  whole?: FunnelRequest
  compared?: FunnelRequest
  broken?: FunnelRequest
}

/** What the page asks the read API; nothing while there are too few steps. Filters are conditions on the first step. */
export function funnelRequests(store: Store, view: View, funnel: FunnelQuestion): FunnelRequests {
  const { date_range, compare, until } = soFar({ store, ...view })
  if (funnel.steps.length < limits.fewest) return { until }
  const asked = {
    store_id: store.store_id,
    steps: funnel.steps.map(({ name, where }) => ({
      name,
      where: where.map(({ field, operator, values }): [typeof operator, string, string[]] => [operator, field, values]),
    })),
    window_seconds: funnel.window_seconds,
    order: funnel.order,
    filters: [...view.conditions],
  } satisfies Partial<FunnelRequest>
  const earlier = compare && comparedPeriod(periodOf(date_range, store.time_zone), compare, store.time_zone)
  return {
    until,
    whole: { ...asked, date_range },
    ...(earlier && { compared: { ...asked, date_range: [toIso(earlier.from), toIso(earlier.to)] } }),
    ...(funnel.breakdown && { broken: { ...asked, date_range, breakdown: funnel.breakdown } }),
  }
}
