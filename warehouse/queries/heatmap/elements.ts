import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { FilterValues } from '../filter.ts'
import type { Store } from '../store.ts'
import { creditRow, elementRow } from './contract.ts'
import { creditColumns, creditFacts } from './credit.ts'
import { clickFacts } from './facts.ts'
import { pageFields, pageSelectionOf, type Selection, selectionFields } from './selection.ts'
import { share } from './share.ts'

/** What is asked of the elements of a page, or of one of them. */
export const elementsRequest = z.strictObject({
  ...selectionFields,
  ...pageFields,
  selector: z.string().max(1000).optional().meta({ description: 'One element alone.' }),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
})
export type ElementsRequest = z.input<typeof elementsRequest>

const target = { selector: 'selector', state: 'state', is_fixed: 'is_fixed' } as const

const clickedOf = elementRow
  .omit({ click_share: true })
  .omit(
    Object.fromEntries(Object.keys(creditRow.shape).map((name) => [name, true])) as Record<
      keyof typeof creditRow.shape,
      true
    >,
  )
  .extend({ all_elements: z.number(), all_clicks: z.number() })
const creditedOf = creditRow.extend({ selector: z.string(), state: z.string(), is_fixed: z.boolean() })

function queries(selection: Selection, selector: string | undefined) {
  const values = new FilterValues()
  const wanted = () => (selector === undefined ? 'true' : `selector = ${values.add(selector)}`)
  const clicked = `
    SELECT *, count() OVER () AS all_elements
    FROM (
      SELECT selector, state, is_fixed, count() AS clicks, uniqExact(sipHash64(who)) AS visitors, countIf(is_dead) AS dead,
        countIf(is_rage) AS rage, countIf(is_error) AS error, argMax(clicked.text, occurred_at) AS text,
        argMax(clicked.href, occurred_at) AS href, argMax(clicked.module, occurred_at) AS module, sum(count()) OVER () AS all_clicks
      FROM ${clickFacts(selection, values)} AS clicked
      GROUP BY selector, state, is_fixed
    )
    WHERE ${wanted()}
    ORDER BY clicks DESC, selector, state, is_fixed
    LIMIT {limit:UInt32}`
  const credited = `
    SELECT selector, state, is_fixed, ${creditColumns}
    FROM ${creditFacts(clickFacts(selection, values), target)}
    WHERE ${wanted()}
    GROUP BY selector, state, is_fixed`
  return { clicked, credited, params: { ...selection.params, ...values.params } }
}

export interface ElementsAnswer {
  results: z.output<typeof elementRow>[]
  meta: Selection['meta'] & { elements: number; clicks: number }
}

const nothing = Object.fromEntries(Object.keys(creditRow.shape).map((name) => [name, 0])) as z.output<typeof creditRow>

/** What the clicks on each element came to, the most clicked first. @throws QueryError when the period is empty or no page is named */
export async function runElements(
  warehouse: Warehouse,
  store: Store,
  request: ElementsRequest,
  asked: Asked = {},
): Promise<ElementsAnswer> {
  const { selector, limit, ...fields } = elementsRequest.parse(request)
  const selection = await pageSelectionOf(warehouse, store, fields)
  const { clicked, credited, params } = queries(selection, selector)
  const [elements, credits] = await Promise.all([
    ask(warehouse, { name: 'heatmap_elements', sql: clicked, row: clickedOf, params: { ...params, limit } }, asked),
    ask(warehouse, { name: 'heatmap_element_credit', sql: credited, row: creditedOf, params }, asked),
  ])
  const keyOf = (row: { selector: string; state: string; is_fixed: boolean }) =>
    JSON.stringify([row.selector, row.state, row.is_fixed])
  const creditBy = new Map(credits.map(({ selector, state, is_fixed, ...credit }) => [keyOf({ selector, state, is_fixed }), credit])) // biome-ignore format: one line
  return {
    results: elements.map(({ all_elements: _, all_clicks, ...row }) => ({
      ...row,
      click_share: share(row.clicks, all_clicks),
      ...(creditBy.get(keyOf(row)) ?? nothing),
    })),
    meta: { ...selection.meta, elements: elements[0]?.all_elements ?? 0, clicks: elements[0]?.all_clicks ?? 0 },
  }
}
