import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { pageGroupSql } from '../../heatmap/page-group.ts'
import { FilterValues } from '../filter.ts'
import type { Store } from '../store.ts'
import type { pageRow } from './contract.ts'
import { clickFacts, creditHours, paidOrders, viewFacts } from './facts.ts'
import { type Selection, selectionFields, selectionOf } from './selection.ts'
import { share } from './share.ts'

/** What the list of pages is asked. */
export const pagesRequest = z.strictObject({
  ...selectionFields,
  search: z.string().trim().max(200).optional().meta({ description: 'In the group, a path of it or a title.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export type PagesRequest = z.input<typeof pagesRequest>

const viewsOf = z.object({
  page: z.string(),
  title: z.string(),
  paths: z.number(),
  views: z.number(),
  visitors: z.number(),
  converted: z.number(),
  all_pages: z.number(),
})
const clicksOf = z.object({
  page: z.string(),
  clicks: z.number(),
  dead: z.number(),
  rage: z.number(),
  error: z.number(),
  nowhere: z.number(),
})

function viewsQuery(selection: Selection, search: string | undefined) {
  const values = new FilterValues()
  const views = viewFacts(selection, values)
  const group = pageGroupSql(selection.patterns, values)
  const has = (column: string, text: string) => `positionCaseInsensitiveUTF8(${column}, ${values.add(text)}) > 0`
  const found = search
    ? `(${['page', 'path', 'views.title'].map((column) => has(column, search)).join(' OR ')})`
    : 'true'
  const sql = `
    WITH
      views AS (SELECT *, ${group} AS page FROM ${views}),
      converted AS (
        SELECT page, uniqExact(v.visitor_id) AS visitors
        FROM views AS v
        INNER JOIN (${paidOrders}) AS o ON o.visitor_id = v.visitor_id
        WHERE o.placed_at >= v.started_at AND o.placed_at <= v.started_at + INTERVAL ${creditHours} HOUR
        GROUP BY page
      )
    SELECT p.page AS page, title, paths, views, p.visitors AS visitors, c.visitors AS converted, count() OVER () AS all_pages
    FROM (
      SELECT page, argMax(views.title, started_at) AS title, uniqExact(path) AS paths, count() AS views, uniqExact(who) AS visitors
      FROM views
      GROUP BY page
      HAVING countIf(${found}) > 0
    ) AS p
    LEFT JOIN converted AS c ON c.page = p.page
    ORDER BY views DESC, page
    LIMIT {limit:UInt32}`
  return { sql, params: { ...selection.params, ...values.params } }
}

function clicksQuery(selection: Selection) {
  const values = new FilterValues()
  const clicks = clickFacts(selection, values)
  const sql = `
    SELECT ${pageGroupSql(selection.patterns, values)} AS page, count() AS clicks, countIf(is_dead) AS dead,
      countIf(is_rage) AS rage, countIf(is_error) AS error, countIf(is_nowhere) AS nowhere
    FROM ${clicks}
    GROUP BY page`
  return { sql, params: { ...selection.params, ...values.params } }
}

export interface PagesAnswer {
  results: z.output<typeof pageRow>[]
  meta: Selection['meta'] & { pages: number }
}

/** The groups of pages of a store, the most viewed first. @throws QueryError when the period is empty */
export async function runPages(
  warehouse: Warehouse,
  store: Store,
  request: PagesRequest,
  asked: Asked = {},
): Promise<PagesAnswer> {
  const { search, limit, ...fields } = pagesRequest.parse(request)
  const selection = await selectionOf(warehouse, store, fields)
  const ofViews = viewsQuery(selection, search)
  const [views, clicks] = await Promise.all([
    ask(warehouse, { name: 'heatmap_pages', ...ofViews, params: { ...ofViews.params, limit }, row: viewsOf }, asked),
    ask(warehouse, { name: 'heatmap_page_clicks', ...clicksQuery(selection), row: clicksOf }, asked),
  ])
  const clicksBy = new Map(clicks.map((row) => [row.page, row]))
  return {
    results: views.map(({ page, title, paths, views, visitors, converted }) => {
      const { clicks = 0, dead = 0, rage = 0, error = 0, nowhere = 0 } = clicksBy.get(page) ?? {}
      return {
        ...{ group: page, title, paths, views, visitors, clicks, converted_visitors: converted },
        clicks_per_view: share(clicks, views),
        dead_share: share(dead, clicks),
        rage_share: share(rage, clicks),
        error_share: share(error, clicks),
        nowhere_share: share(nowhere, clicks),
        conversion: share(converted, visitors),
      }
    }),
    meta: { ...selection.meta, pages: views[0]?.all_pages ?? 0 },
  }
}
