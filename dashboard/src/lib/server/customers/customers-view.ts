import { type Segment, segments } from '@guanlan/warehouse/queries/rfm/contract'
import { cohortViews } from '#lib/customers/cohort-cells.ts'
import { type Day, daysBetween } from '#lib/period/days.ts'

const bases = ['first_order', 'period_buyers'] as const
const cohortGrains = ['month', 'week'] as const
type CohortGrain = (typeof cohortGrains)[number]

/** Customers of a list at once. */
export const pageSize = 50
/** Weeks make a table that can still be read up to half a year. */
const mostDaysByWeek = 186
const mostPages = 100_000

interface Params {
  get(name: string): string | null
}
const oneOf = <Name extends string>(names: readonly Name[], params: Params, param: string): Name | undefined =>
  names.find((each) => each === params.get(param))

/** What the address of the customers page says beside its period. */
export function customersViewOf(params: Params, { from, to }: { from: Day; to: Day }) {
  const grains = daysBetween(from, to) <= mostDaysByWeek ? cohortGrains : (['month'] as const)
  const page = Number(params.get('page') ?? 1)
  return {
    basis: oneOf(bases, params, 'basis') ?? bases[0],
    cohorts: oneOf<CohortGrain>(grains, params, 'cohorts') ?? 'month',
    cohortGrains: [...grains],
    show: oneOf(cohortViews, params, 'show') ?? 'share',
    segment: oneOf(Object.keys(segments) as Segment[], params, 'segment'),
    page: Number.isInteger(page) && page >= 1 && page <= mostPages ? page : 1,
  }
}
export type CustomersView = ReturnType<typeof customersViewOf>
