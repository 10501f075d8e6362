import type { Condition } from '@guanlan/warehouse/queries/filter'
import type { ReturnOutliersRequest } from '@guanlan/warehouse/queries/return-outliers/contract'
import type { ReturnsRequest } from '@guanlan/warehouse/queries/returns/contract'
import { boundsOf, comparedRange } from '../compared-range.ts'
import type { NamedStore } from '../stores.ts'
import type { View } from '../view.ts'
import type { ReturnsView } from './returns-view.ts'

/** Rows that the table shows; its file has as many as the read API gives. */
export const shownSlices = 100
const mostSlices = 1000

/** The questions that make the returns page; each stands on its page as it could be sent to the read API. */
export function returnsRequests(store: NamedStore, view: View, { by, maturity }: ReturnsView, narrowed: Condition[]) {
  const { from, to } = boundsOf(view.period)
  const { compared, until } = comparedRange(store, view)
  const filters = [...view.conditions, ...narrowed]
  const asked = { store_id: store.store_id, from, to, maturity_days: maturity, filters }
  return {
    compared,
    until,
    returns: { ...asked, by, limit: shownSlices } satisfies ReturnsRequest,
    before: compared && ({ ...asked, ...compared, by, limit: 1 } satisfies ReturnsRequest),
    totals_file: { ...asked, per: 'total' } satisfies ReturnsRequest,
    days_file: { ...asked, per: 'day' } satisfies ReturnsRequest,
    slices_file: { ...asked, by, limit: mostSlices } satisfies ReturnsRequest,
    // Narrowed to products there are no others to stand out from.
    outliers: narrowed.some(([, name]) => name === 'product')
      ? undefined
      : ({ ...asked, by: 'product' } satisfies ReturnOutliersRequest),
  }
}
