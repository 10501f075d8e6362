import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { FilterValues } from '../filter.ts'
import type { Store } from '../store.ts'
import { cellsFor } from './cells.ts'
import { clickPoint, type clickRow } from './contract.ts'
import { clickFacts } from './facts.ts'
import { pageFields, pageSelectionOf, type Selection, selectionFields } from './selection.ts'

/** What is asked of the clicks of a page, for drawing. */
export const clicksRequest = z.strictObject({
  ...selectionFields,
  ...pageFields,
  limit: z.coerce.number().int().min(1).max(5000).default(2000).meta({ description: 'Elements, most clicked first.' }),
})
export type ClicksRequest = z.input<typeof clicksRequest>

const counts = {
  clicks: z.number(),
  dead: z.number(),
  rage: z.number(),
  error: z.number(),
}
const elementOf = z.object({ selector: z.string(), state: z.string(), is_fixed: z.boolean(), ...counts })
const totalsOf = elementOf.extend({ element: z.string(), elements: z.number(), all_clicks: z.number() })
const pointsOf = z.object({ element: z.string(), points: z.array(clickPoint) })

/**
 * An element in a state is told by one number, so that the points need not repeat its selector. Hashes of one column each are
 * made once a word of its dictionary, not once a click.
 */
const element = `bitXor(sipHash64(selector), sipHash64(state) + is_fixed)`

const counted = `count() AS clicks, countIf(is_dead) AS dead, countIf(is_rage) AS rage, countIf(is_error) AS error`

function totalsQuery(selection: Selection) {
  const values = new FilterValues()
  const sql = `
    SELECT toString(${element}) AS element, selector, state, is_fixed, ${counted},
      count() OVER () AS elements, sum(count()) OVER () AS all_clicks
    FROM ${clickFacts(selection, values)}
    GROUP BY selector, state, is_fixed
    ORDER BY clicks DESC, selector, state, is_fixed
    LIMIT {limit:UInt32}`
  return { sql, params: { ...selection.params, ...values.params } }
}

/**
 * Points of elements: clicks that fall into one cell of the element's box are told together, at the mean of where they were, so
 * that a point stands where people clicked however coarse the cells are. Which cells an element has the parameters say.
 */
function pointsQuery(selection: Selection) {
  const values = new FilterValues()
  const sql = `
    SELECT toString(p.element) AS element, groupArray((round(mean_x, 4), round(mean_y, 4), clicks, dead, rage, error)) AS points
    FROM (
      SELECT element, avg(x) AS mean_x, avg(y) AS mean_y, ${counted}
      FROM (
        SELECT *, ${element} AS element, transform(element, {elements:Array(UInt64)}, {cells:Array(UInt32)}, toUInt32(0)) AS cells
        FROM ${clickFacts(selection, values)}
        WHERE cells > 0
      )
      GROUP BY element, least(toUInt32(x * cells), cells - 1), least(toUInt32(y * cells), cells - 1)
      ORDER BY clicks DESC, mean_y, mean_x
    ) AS p
    GROUP BY p.element`
  return { sql, params: { ...selection.params, ...values.params } }
}

function readPoints(
  warehouse: Warehouse,
  selection: Selection,
  rows: readonly { element: string; clicks: number }[],
  asked: Asked,
): Promise<z.output<typeof pointsOf>[]> {
  const { sql, params } = pointsQuery(selection)
  const elements = rows.map(({ element }) => BigInt(element))
  const cells = cellsFor(rows.map(({ clicks }) => clicks))
  return ask(warehouse, { name: 'heatmap_points', sql, row: pointsOf, params: { ...params, elements, cells } }, asked)
}

export interface ClicksAnswer {
  results: z.output<typeof clickRow>[]
  meta: Selection['meta'] & {
    /** All of the page; `results` holds the most clicked. */
    elements: number
    clicks: number
    /** Clicks of elements past the limit, of which no point tells. */
    clicks_left_out: number
  }
}

/** The clicks of a page by the element that was hit, with where in it. @throws QueryError when the period is empty or no page is named */
export async function runClicks(
  warehouse: Warehouse,
  store: Store,
  request: ClicksRequest,
  asked: Asked = {},
): Promise<ClicksAnswer> {
  const { limit, ...fields } = clicksRequest.parse(request)
  const selection = await pageSelectionOf(warehouse, store, fields)
  const totals = totalsQuery(selection)
  const elements = await ask(
    warehouse,
    { name: 'heatmap_clicks', ...totals, params: { ...totals.params, limit }, row: totalsOf },
    asked,
  )
  const clicks = elements[0]?.all_clicks ?? 0
  const found = elements.length === 0 ? [] : await readPoints(warehouse, selection, elements, asked)
  const points = new Map(found.map((row) => [row.element, row.points]))
  const results = elements.map(({ element, elements: _, all_clicks: __, ...row }) => ({
    ...row,
    points: points.get(element) ?? [],
  }))
  const told = results.reduce((sum, row) => sum + row.clicks, 0)
  return {
    results,
    meta: {
      ...selection.meta,
      elements: elements[0]?.elements ?? 0,
      clicks,
      clicks_left_out: clicks - told,
    },
  }
}
