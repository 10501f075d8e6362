import type { CohortsAnswer } from '@guanlan/warehouse/queries/cohorts/contract'

type Cohort = CohortsAnswer['results'][number]

export const cohortViews = ['share', 'customers', 'orders', 'revenue', 'per_customer'] as const
export type CohortView = (typeof cohortViews)[number]

interface CohortCell {
  value: number | null
  /** From 0, nothing, to 9: how dark it is. */
  level: number
  /** The month or week is not over yet: the number still grows. */
  isOpen: boolean
  customers: number
  orders: number
  revenue: number
}
interface CohortLine {
  cohort: string
  size: number
  cells: CohortCell[]
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0)

/** A number of a cohort so many months or weeks after its first order; spend per customer is that up to then. */
function numberOf({ size, active, orders, revenue }: Cohort, age: number, view: CohortView): number | null {
  switch (view) {
    case 'share':
      return size === 0 ? null : (active[age] ?? 0) / size
    case 'customers':
      return active[age] ?? 0
    case 'orders':
      return orders[age] ?? 0
    case 'revenue':
      return revenue[age] ?? 0
    case 'per_customer':
      return size === 0 ? null : sum(revenue.slice(0, age + 1)) / size
  }
}

/** Shades of something; none is nothing. */
export const levels = 9

/** The first month of a share is always all of them, and would leave no shade for the others. */
const isShaded = (view: CohortView, age: number) => view !== 'share' || age > 0

/**
 * Cohorts as cells, and all of them together: for each age, only the cohorts whose month or week of that age is over, so
 * that each counts with its weight and none with half a month.
 */
export function cohortCells(cohorts: readonly Cohort[], view: CohortView) {
  const valued = cohorts.map((cohort) => ({
    cohort,
    values: cohort.active.map((_, age) => numberOf(cohort, age, view)),
  }))
  const shaded = valued.flatMap(({ values }) => values.filter((value, age) => value !== null && isShaded(view, age)))
  const [least, most] = [Math.min(...(shaded as number[])), Math.max(...(shaded as number[]))]
  const levelOf = (value: number | null, age: number) => {
    if (!isShaded(view, age)) return levels
    if (value === null || value <= 0) return 0
    return most === least ? levels : 1 + Math.round(((value - least) / (most - least)) * (levels - 1))
  }
  const lines = valued.map(({ cohort, values }): CohortLine => {
    const cells = values.map((value, age) => ({
      value,
      level: levelOf(value, age),
      isOpen: age === values.length - 1,
      customers: cohort.active[age] ?? 0,
      orders: cohort.orders[age] ?? 0,
      revenue: cohort.revenue[age] ?? 0,
    }))
    return { cohort: cohort.cohort, size: cohort.size, cells }
  })
  const ages = Math.max(0, ...cohorts.map(({ active }) => active.length))
  const totals = Array.from({ length: ages }, (_, age) => {
    const over = cohorts.filter(({ active }) => age < active.length - 1)
    if (over.length === 0) return null
    const weighted = {
      ...{ cohort: '', size: sum(over.map(({ size }) => size)) },
      active: over.map(({ active }) => active[age] ?? 0),
      orders: over.map(({ orders }) => orders[age] ?? 0),
      revenue: over.map(({ revenue }) => revenue[age] ?? 0),
    }
    if (view === 'per_customer') return sum(over.map(({ revenue }) => sum(revenue.slice(0, age + 1)))) / weighted.size
    if (view === 'share') return sum(weighted.active) / weighted.size
    return sum(weighted[view === 'customers' ? 'active' : view])
  })
  return { lines, totals, size: sum(cohorts.map(({ size }) => size)) }
}
