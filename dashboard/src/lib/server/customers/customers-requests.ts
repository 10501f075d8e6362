import type { CohortsRequest } from '@guanlan/warehouse/queries/cohorts/contract'
import type { QueryRequest } from '@guanlan/warehouse/queries/query/request'
import type { RepurchaseRequest } from '@guanlan/warehouse/queries/repurchase/contract'
import type { RfmRequest } from '@guanlan/warehouse/queries/rfm/contract'
import { DateTime } from 'luxon'
import type { Grain } from '#lib/period/period.ts'
import { boundsOf, comparedRange } from '../compared-range.ts'
import { soFar } from '../overview/overview-requests.ts'
import type { NamedStore } from '../stores.ts'
import type { View } from '../view.ts'
import { type CustomersView, pageSize } from './customers-view.ts'

/** The numbers that have a tile each. */
export const buyerMetrics = ['buyers', 'new_buyers', 'returning_buyers', 'spend_per_buyer', 'aov'] as const
const seriesMetrics = ['new_buyers', 'returning_buyers', 'buyers', 'spend_per_buyer'] as const

/** The most customers that the read API lists at once: a list's file has them all. */
const mostCustomers = 100_000

/** Months and weeks are told whole, so the first begins where it begins and not where the period does. */
const wholeFrom = (store: NamedStore, from: string, grain: 'month' | 'week') =>
  DateTime.fromISO(from, { zone: store.time_zone }).startOf(grain).toISODate() ?? from

/** The questions that make the customers page; each stands on its page as it could be sent to the read API. */
export function customersRequests(store: NamedStore, view: View, chosen: CustomersView, grain: Grain) {
  const { store_id } = store
  const { from, to } = boundsOf(view.period)
  const { compared, until } = comparedRange(store, view)
  const { date_range, compare } = soFar({ store, ...view })
  const { basis, segment, page, cohorts } = chosen
  const list = segment && ({ store_id, from, to, per: 'customer', segment } as const)
  return {
    compared,
    until,
    buyers: {
      ...{ store_id, metrics: [...buyerMetrics, 'anonymous_share'], date_range },
      ...(compare && { compare }),
    } satisfies QueryRequest,
    series: {
      ...{ store_id, metrics: [...seriesMetrics], dimensions: [`time:${grain}`], date_range: [from, to] },
    } satisfies QueryRequest,
    repurchase: { store_id, from, to, basis } satisfies RepurchaseRequest,
    repurchase_before: compared && ({ store_id, ...compared, basis } satisfies RepurchaseRequest),
    repurchase_by_month: {
      ...{ store_id, from: wholeFrom(store, from, 'month'), to, basis, grain: 'month' },
    } satisfies RepurchaseRequest,
    cohorts: { store_id, from: wholeFrom(store, from, cohorts), to, grain: cohorts } satisfies CohortsRequest,
    cells: { store_id, from, to, per: 'cell' } satisfies RfmRequest,
    segments: { store_id, from, to, per: 'segment' } satisfies RfmRequest,
    list: list && ({ ...list, limit: pageSize, offset: (page - 1) * pageSize } satisfies RfmRequest),
    list_file: list && ({ ...list, limit: mostCustomers } satisfies RfmRequest),
  }
}
