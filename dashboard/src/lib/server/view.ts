import type { Condition } from '@guanlan/warehouse/queries/filter'
import { filtersOf } from '#lib/filters/filters.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { type Comparison, comparisonOf } from '#lib/period/comparison.ts'
import { type Day, dayIn } from '#lib/period/days.ts'
import { grainOf, type Period, type Preset, periodOf } from '#lib/period/period.ts'
import type { NamedStore } from './stores.ts'
import { dimensionLabel, valueLabel } from './words.ts'

/** What the address of a page says: which days, against what, of which slices. */
export interface View {
  params: { get(name: string): string | null }
  now: Date
  today: Day
  period: Period
  comparison: Comparison
  conditions: Condition[]
}

/**
 * Reads the address of a page of a store.
 * @param otherwise the period of an address that names none
 */
export function viewOf(store: NamedStore, url: URL, now = new Date(), otherwise?: Preset): View {
  // Through a function, so that SvelteKit sees which parameters a page depends on.
  const params = { get: (name: string) => url.searchParams.get(name) }
  const today = dayIn(store.time_zone, now)
  const conditions = filtersOf(url.searchParams).map(({ name, values }): Condition => ['is', name, values])
  return {
    params,
    now,
    today,
    period: periodOf(params, today, otherwise),
    comparison: comparisonOf(params),
    conditions,
  }
}

/** The same as the head of a page shows it. */
export function headOf({ period, comparison }: View, url: URL) {
  const language = getLocale()
  const chips = filtersOf(url.searchParams).map(({ name, values }) => ({
    name,
    dimension: dimensionLabel(name, language),
    values: values.map((value) => ({ value, label: valueLabel(name, value, language) })),
  }))
  return { period, comparison, chips }
}

/** How fine a series over the view is, and what else it could be. */
export const grainsOf = ({ params, period }: View) => grainOf(params, period)
