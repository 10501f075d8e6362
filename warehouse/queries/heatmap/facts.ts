import { pageGroupSql } from '../../heatmap/page-group.ts'
import { salesFacts } from '../../metrics/sales-facts.ts'
import { asked, within } from '../../metrics/span.ts'
import type { FilterValues } from '../filter.ts'
import { scoredCustomers } from '../rfm/scored-customers.ts'
import type { Selection } from './selection.ts'

/** For how long after a click or a view a paid order is credited to it. */
export const creditHours = 24
const credit = `INTERVAL ${creditHours} HOUR`

/** The period and what may still be credited to its last click. */
export const creditSpan = { from: asked.from, to: `(${asked.to} + ${credit})` }

type Table = 'page_readings' | 'page_clicks' | 'module_readings' | 'page_snapshots'

/** Which page: its key is path first, so a group is found by the beginning that its paths share. */
export function ofPage(
  { path, group, patterns }: Pick<Selection, 'path' | 'group' | 'patterns'>,
  values: FilterValues,
  table: Table,
): string {
  if (path !== undefined) return `path = ${values.add(path)}`
  if (group === undefined) return 'true'
  const beginning = group.split('*')[0] ?? ''
  return `path IN (
        SELECT path FROM (
          SELECT DISTINCT path FROM ${table} WHERE store_id = {store_id:String} AND startsWith(path, ${values.add(beginning)}))
        WHERE ${pageGroupSql(patterns, values)} = ${values.add(group)})`
}

function where(selection: Selection, values: FilterValues, { table, time }: { table: Table; time: string }): string {
  const own = (['width_class', 'version', 'variant'] as const).flatMap((name) => {
    const wanted = selection[name]
    return wanted === undefined ? [] : [`${name} = ${values.add(wanted)}`]
  })
  return [
    'store_id = {store_id:String}',
    ofPage(selection, values, table),
    within(time, [asked]),
    'NOT is_bot',
    ...own,
  ].join(' AND ')
}

/** Whether only the visit can tell which views are meant. */
const asksVisits = ({ channel, campaign, visitors, segment, converted }: Selection) =>
  [channel, campaign, visitors, segment, converted].some((one) => one !== undefined)

/** Sessions that may cover something in the period; joined by ASOF to the last that had begun. */
export const sessionsAround = `
  SELECT visitor_id, started_at, ended_at + INTERVAL 30 MINUTE AS until, channel, campaign
  FROM sessions FINAL
  WHERE store_id = {store_id:String} AND ended_at > ${asked.from} - INTERVAL 30 MINUTE AND started_at < ${asked.to}`

/** Paid orders of known visitors that may be credited to something in the period. */
export const paidOrders = `
  SELECT visitor_id, order_id, placed_at, toFloat64(gross) AS gross
  FROM ${salesFacts({ spans: [creditSpan] })}
  WHERE is_paid AND visitor_id != ''`

/** Who it was: a visitor, or where none is known the view itself. */
const who = `if(visitor_id = '', view_id, visitor_id) AS who`

const viewColumns = ['path', 'view_id', 'started_at', 'visitor_id', 'who', 'title', 'version', 'width_class', 'height', 'page_height', 'reach', 'attention'] // biome-ignore format: a list

/** A table that a filter needs, joined by visitor, and what it asks of it. */
interface Asking {
  join: string
  condition: string
}

const firstSessions = `
  SELECT visitor_id, min(started_at) AS first_at FROM sessions FINAL WHERE store_id = {store_id:String} GROUP BY visitor_id`
const isNew = `if(in_session, s.started_at <= f.first_at, f.visitor_id = '' OR f.first_at >= v.started_at)`

/** What customers are scored by: a year of orders. */
const year = { from: `(${asked.to} - INTERVAL 365 DAY)`, to: asked.to }
const visitorsOf = (segment: string) => `
  SELECT visitor_id FROM ${salesFacts({ spans: [year] })}
  WHERE visitor_id != '' AND customer_id IN (
    SELECT customer_id FROM ${scoredCustomers({ ...year, as_of: asked.to })} WHERE segment = ${segment})`

function askings({ channel, campaign, visitors, segment, converted }: Selection, values: FilterValues): Asking[] {
  const not = (isNot: boolean) => (isNot ? 'NOT ' : '')
  return [
    ...(channel === undefined
      ? []
      : [{ join: '', condition: `if(in_session, s.channel, 'direct') = ${values.add(channel)}` }]),
    ...(campaign === undefined
      ? []
      : [{ join: '', condition: `if(in_session, s.campaign, '') = ${values.add(campaign)}` }]),
    ...(visitors === undefined
      ? []
      : [
          {
            join: `LEFT ANY JOIN (${firstSessions}) AS f ON v.visitor_id = f.visitor_id`,
            condition: `${not(visitors === 'returning')}${isNew}`,
          },
        ]),
    ...(segment === undefined ? [] : [{ join: '', condition: `v.visitor_id IN (${visitorsOf(values.add(segment))})` }]),
    ...(converted === undefined
      ? []
      : [
          {
            join: `LEFT ANY JOIN (SELECT visitor_id, groupArray(placed_at) AS placed FROM (${paidOrders}) GROUP BY visitor_id) AS o
      ON v.visitor_id = o.visitor_id`,
            condition: `${not(converted === 'no')}arrayExists(at -> at >= v.started_at AND at <= v.started_at + ${credit}, o.placed)`,
          },
        ]),
  ]
}

function visits(selection: Selection, values: FilterValues, views: string): string {
  const asked = askings(selection, values)
  return `(
    SELECT ${viewColumns.map((name) => `v.${name} AS ${name}`).join(', ')},
      s.visitor_id != '' AND v.started_at < s.until AS in_session
    FROM (${views}) AS v
    ASOF LEFT JOIN (${sessionsAround}) AS s ON v.visitor_id = s.visitor_id AND v.started_at >= s.started_at
    ${asked.map(({ join }) => join).join('\n    ')}
    WHERE ${asked.map(({ condition }) => condition).join(' AND ')}
  )`
}

/** FROM fragment: the page views of a selection, each once, bots left out. */
export function viewFacts(selection: Selection, values: FilterValues): string {
  const views = `
    SELECT ${viewColumns.map((name) => (name === 'who' ? who : name)).join(', ')}
    FROM page_readings FINAL
    WHERE ${where(selection, values, { table: 'page_readings', time: 'started_at' })}`
  return asksVisits(selection) ? visits(selection, values, views) : `(${views})`
}

const ofSuchViews = (selection: Selection, values: FilterValues) =>
  asksVisits(selection) ? `AND view_id IN (SELECT view_id FROM ${viewFacts(selection, values)})` : ''

/** FROM fragment: the clicks of a selection, each once, bots left out. */
export const clickFacts = (selection: Selection, values: FilterValues): string => `(
    SELECT path, view_id, n, occurred_at, visitor_id, ${who}, selector, x, y, module, slot, href, text, state,
      is_fixed, is_dead, is_rage, is_error, is_dead OR is_error AS is_nowhere
    FROM page_clicks FINAL
    WHERE ${where(selection, values, { table: 'page_clicks', time: 'occurred_at' })} ${ofSuchViews(selection, values)}
  )`

/** FROM fragment: what the views of a selection saw of modules, a row a view, module and slot; bots left out. */
export const moduleFacts = (selection: Selection, values: FilterValues): string => `(
    SELECT path, view_id, started_at, visitor_id, ${who}, module, slot, position, top, bottom, exposures, visible_ms
    FROM module_readings FINAL
    WHERE ${where(selection, values, { table: 'module_readings', time: 'started_at' })} ${ofSuchViews(selection, values)}
  )`
