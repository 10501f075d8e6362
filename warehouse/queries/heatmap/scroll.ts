import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { FilterValues } from '../filter.ts'
import type { Store } from '../store.ts'
import type { scrollRow } from './contract.ts'
import { viewFacts } from './facts.ts'
import { pageFields, pageSelectionOf, type Selection, selectionFields } from './selection.ts'
import { share } from './share.ts'

/** What is asked of how far down a page is read, and how long. */
export const scrollRequest = z.strictObject({ ...selectionFields, ...pageFields })
export type ScrollRequest = z.input<typeof scrollRequest>

const bands = 50

const row = z.object({
  views: z.number(),
  visitors: z.number(),
  fold: z.number().nullable(),
  page_height: z.number().nullable(),
  attention: z.array(z.coerce.number()),
  reached: z.array(z.tuple([z.number(), z.number()])),
})

export interface ScrollAnswer {
  /** The 50 bands from the top. */
  results: z.output<typeof scrollRow>[]
  meta: Selection['meta'] & {
    views: number
    visitors: number
    /** Median share of the page's height that is seen without scrolling; null without views. */
    fold: number | null
    /** Median, in CSS pixels. */
    page_height: number | null
  }
}

/** How far down a page is read, and how long each part of it. @throws QueryError when the period is empty or no page is named */
export async function runScroll(
  warehouse: Warehouse,
  store: Store,
  request: ScrollRequest,
  asked: Asked = {},
): Promise<ScrollAnswer> {
  const selection = await pageSelectionOf(warehouse, store, scrollRequest.parse(request))
  const values = new FilterValues()
  const sql = `
    SELECT count() AS views, uniqExact(sipHash64(who)) AS visitors,
      if(count() = 0, NULL, quantileExactInclusive(0.5)(least(1, v.height / greatest(v.page_height, 1)))) AS fold,
      if(count() = 0, NULL, quantileExactInclusive(0.5)(v.page_height)) AS page_height,
      sumForEach(v.attention) AS attention,
      arraySort(CAST(sumMap(map(reach, toUInt64(1))), 'Array(Tuple(UInt8, UInt64))')) AS reached
    FROM ${viewFacts(selection, values)} AS v`
  const params = { ...selection.params, ...values.params }
  const [found] = await ask(warehouse, { name: 'heatmap_scroll', sql, row, params }, asked)
  const { views = 0, visitors = 0, fold = null, page_height = null, attention = [], reached = [] } = found ?? {}
  return {
    results: Array.from({ length: bands }, (_, band) => {
      const saw = reached.reduce((sum, [last, count]) => sum + (last >= band ? count : 0), 0)
      const attention_ms = attention[band] ?? 0
      return {
        ...{ band, views: saw, attention_ms },
        reach: share(saw, views),
        attention_per_view: share(attention_ms, saw),
      }
    }),
    meta: { ...selection.meta, views, visitors, fold, page_height },
  }
}
