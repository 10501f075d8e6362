import type { Condition } from '@guanlan/warehouse/queries/filter'
import { isStartOfDay } from '@guanlan/warehouse/queries/period'
import { earlierCampaigns } from '@guanlan/warehouse/settings/earlier-campaigns'
import { DateTime } from 'luxon'
import { filtersOf } from '#lib/filters/filters.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { type Campaign, campaignNamed, daysTouched } from '#lib/period/campaigns.ts'
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
  /** The campaign that is compared with instead, from its start. */
  against?: Campaign
  /** Whether what is shown and what it is compared with begin with a day; else days say little beside each other. */
  beginsWithDay: boolean
  /** What the address names that is no more; the usual stands in for it. */
  gone: ('period' | 'compare')[]
  conditions: Condition[]
}

/** A page that knows campaigns offers them as periods and to compare with. */
interface Known {
  store: NamedStore
  campaigns?: readonly Campaign[] | undefined
}

interface Reading {
  now?: Date
  /** Those of the store, where the page can show one by its instants; without them an address names none. */
  campaigns?: readonly Campaign[]
  /** The period of an address that names none. */
  otherwise?: Preset
}

/** Reads the address of a page of a store. */
export function viewOf(store: NamedStore, url: URL, { now = new Date(), campaigns, otherwise }: Reading = {}): View {
  // Through a function, so that SvelteKit sees which parameters a page depends on.
  const params = { get: (name: string) => url.searchParams.get(name) }
  const today = dayIn(store.time_zone, now)
  const conditions = filtersOf(url.searchParams).map(({ name, values }): Condition => ['is', name, values])
  const named = (name: 'period' | 'compare') => {
    const id = campaigns && campaignNamed(params.get(name))
    return { id, campaign: campaigns?.find((one) => one.id === id) }
  }
  const [own, against] = [named('period'), named('compare')]
  const period: Period = own.campaign
    ? { preset: 'custom', ...daysTouched(own.campaign, store.time_zone), campaign: own.campaign }
    : periodOf(params, today, otherwise)
  const gone = (['period', 'compare'] as const).filter((name) => {
    const { id, campaign } = name === 'period' ? own : against
    return id !== undefined && !campaign
  })
  const comparison = comparisonOf(params)
  const starts = [own.campaign, against.campaign].flatMap((one) => one?.starts_at ?? [])
  return {
    params,
    now,
    today,
    period,
    comparison,
    gone,
    beginsWithDay: starts.every((at) => isStartOfDay(DateTime.fromISO(at, { zone: store.time_zone }))),
    conditions,
    ...(against.campaign && { against: against.campaign }),
  }
}

/** Enough to choose from. */
const most = 6

/** The campaigns to choose from: the latest that have begun as periods; the most alike earlier ones to compare with. */
function choicesOf({ period, against, now }: View, { store, campaigns }: Known) {
  if (!campaigns) return undefined
  const first = <C>(all: C[], chosen: C | undefined) => [
    ...all.slice(0, most),
    ...all.slice(most).filter((one) => one === chosen),
  ]
  const begun = campaigns.filter(({ starts_at }) => Date.parse(starts_at) <= now.getTime())
  const start = DateTime.fromISO(period.from, { zone: store.time_zone }).toISO() ?? ''
  const one = period.campaign ?? { name: '', type: 'other', starts_at: start }
  return { periods: first(begun, period.campaign), comparisons: first(earlierCampaigns(one, campaigns), against) }
}

/** The same as the head of a page shows it. */
export function headOf(view: View, url: URL, known?: Known) {
  const { period, comparison, against, gone } = view
  const language = getLocale()
  const chips = filtersOf(url.searchParams).map(({ name, values }) => ({
    name,
    dimension: dimensionLabel(name, language),
    values: values.map((value) => ({ value, label: valueLabel(name, value, language) })),
  }))
  const campaigns = known && choicesOf(view, known)
  return { period, comparison, chips, gone, ...(against && { against }), ...(campaigns && { campaigns }) }
}

/** How fine a series over the view is, and what else it could be. */
export function grainsOf({ params, period, against, beginsWithDay }: View) {
  const found = grainOf(params, period)
  if (!against || beginsWithDay || !found.choices.includes('hour')) return found
  return { grain: 'hour' as const, choices: ['hour' as const] }
}
