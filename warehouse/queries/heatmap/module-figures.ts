import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { FilterValues } from '../filter.ts'
import { creditRow, type ModuleRow } from './contract.ts'
import { creditColumns, creditFacts } from './credit.ts'
import { clickFacts, moduleFacts, viewFacts } from './facts.ts'
import type { Selection } from './selection.ts'

const byDay = z.record(z.string(), z.coerce.number())
const key = { module: z.string(), slot: z.number() }
const count = z.number()

const seenOf = z.object({
  ...key,
  position: count,
  top: count,
  bottom: count,
  seen_views: count,
  seen_visitors: count,
  visible_ms: count,
  seen_by_day: byDay,
})
const clickedOf = z.object({
  ...key,
  clicks: count,
  clicked_views: count,
  clicked_visitors: count,
  dead: count,
  rage: count,
  error: count,
  clicks_by_day: byDay,
})
const creditedOf = creditRow.extend({ ...key, last_click_gmv_squares: count, gmv_by_day: byDay })
const pageOf = z.object({ views: count, visitors: count })

const day = (column: string) => `toDate(${column}, {time_zone:String})`

function seenSql(selection: Selection, values: FilterValues, isSlot: boolean): string {
  return `
    SELECT module, slot, avg(m.position) AS position, avg(m.top) AS top, avg(m.bottom) AS bottom,
      countIf(exposures > 0) AS seen_views,
      uniqExactIf(sipHash64(who), exposures > 0) AS seen_visitors, sumIf(m.visible_ms, exposures > 0) AS visible_ms,
      sumMapIf(map(${day('started_at')}, toUInt64(1)), exposures > 0) AS seen_by_day
    FROM ${moduleFacts(selection, values)} AS m
    WHERE ${isSlot ? 'slot > 0' : 'slot = 0'}
    GROUP BY module, slot`
}

function clickedSql(selection: Selection, values: FilterValues, isSlot: boolean): string {
  return `
    SELECT module, ${isSlot ? 'slot' : '0'} AS slot, count() AS clicks, uniqExact(sipHash64(view_id)) AS clicked_views,
      uniqExact(sipHash64(who)) AS clicked_visitors, countIf(is_dead) AS dead, countIf(is_rage) AS rage, countIf(is_error) AS error,
      sumMap(map(${day('occurred_at')}, toUInt64(1))) AS clicks_by_day
    FROM ${clickFacts(selection, values)} AS c
    GROUP BY ${isSlot ? 'module, c.slot' : 'module'}`
}

function creditedSql(selection: Selection, values: FilterValues, isSlot: boolean): string {
  const target = { module: 'module', slot: isSlot ? 'slot' : 'toUInt16(0)' }
  return `
    SELECT module, slot, ${creditColumns},
      sumMapIf(map(${day('clicked_at')}, gross), is_last AND kind = 'order') AS gmv_by_day
    FROM ${creditFacts(clickFacts(selection, values), target)}
    GROUP BY module, slot`
}

/** What a page and its modules came to, as counts and sums. */
export interface ModuleFigures {
  modules: (Omit<
    ModuleRow,
    | 'seen_rate'
    | 'click_rate'
    | 'visible_ms'
    | 'gmv_per_1000_exposures'
    | 'click_share'
    | 'gmv_share'
    | 'flag'
    | 'at_stake'
  > & {
    /** In all exposures together. */
    visible_ms: number
    /** Σ of the squares of last-click orders: how far their sum may be off. */
    squares: number
  })[]
  page: { views: number; visitors: number; clicks: number; last_click_orders: number; last_click_gmv: number }
}

const keyOf = ({ module, slot }: { module: string; slot: number }) => `${slot} ${module}`
const index = <Row extends { module: string; slot: number }>(rows: Row[]) =>
  new Map(rows.map((row) => [keyOf(row), row] as const))

function trendOf(seen: Record<string, number>, clicks: Record<string, number>, gmv: Record<string, number>) {
  const days = [...new Set([...Object.keys(seen), ...Object.keys(clicks), ...Object.keys(gmv)])].sort()
  return days.map((day) => ({
    day,
    clicks: clicks[day] ?? 0,
    seen_views: seen[day] ?? 0,
    last_click_gmv: gmv[day] ?? 0,
  }))
}

/** Reads the figures of every module of a selection, or of every slot. */
export async function readModuleFigures(
  warehouse: Warehouse,
  selection: Selection,
  by: 'module' | 'slot',
  asked: Asked,
): Promise<ModuleFigures> {
  const values = new FilterValues()
  const isSlot = by === 'slot'
  const sql = {
    seen: seenSql(selection, values, isSlot),
    clicked: clickedSql(selection, values, isSlot),
    credited: creditedSql(selection, values, isSlot),
    page: `SELECT count() AS views, uniqExact(sipHash64(who)) AS visitors FROM ${viewFacts(selection, values)}`,
  }
  const params = { ...selection.params, ...values.params }
  const [seen, clicked, credited, [page]] = await Promise.all([
    ask(warehouse, { name: 'heatmap_modules_seen', sql: sql.seen, row: seenOf, params }, asked),
    ask(warehouse, { name: 'heatmap_modules_clicked', sql: sql.clicked, row: clickedOf, params }, asked),
    ask(warehouse, { name: 'heatmap_modules_credited', sql: sql.credited, row: creditedOf, params }, asked),
    ask(warehouse, { name: 'heatmap_page_views', sql: sql.page, row: pageOf, params }, asked),
  ])
  const [seenBy, clickedBy, creditedBy] = [index(seen), index(clicked), index(credited)]
  const keys = new Map([...seenBy, ...clickedBy].map(([key, { module, slot }]) => [key, { module, slot }]))
  const sum = (of: (row: z.output<typeof creditedOf>) => number) => credited.reduce((all, row) => all + of(row), 0)
  return {
    modules: [...keys]
      .filter(([, { module, slot }]) => module !== '' && (!isSlot || slot > 0))
      .map(([key, place]) => moduleOf(place, seenBy.get(key), clickedBy.get(key), creditedBy.get(key))),
    page: {
      views: page?.views ?? 0,
      visitors: page?.visitors ?? 0,
      clicks: clicked.reduce((all, { clicks }) => all + clicks, 0),
      last_click_orders: sum((row) => row.last_click_orders),
      last_click_gmv: sum((row) => row.last_click_gmv),
    },
  }
}

const noCredit = Object.fromEntries(Object.keys(creditRow.shape).map((name) => [name, 0])) as z.output<typeof creditRow>

function moduleOf(
  place: { module: string; slot: number },
  seen: z.output<typeof seenOf> | undefined,
  clicked: z.output<typeof clickedOf> | undefined,
  credited: z.output<typeof creditedOf> | undefined,
): ModuleFigures['modules'][number] {
  const { seen_by_day = {}, ...exposure } = seen ?? { position: 0, top: 0, bottom: 0, seen_views: 0, seen_visitors: 0, visible_ms: 0 } // biome-ignore format: one line
  const { clicks_by_day = {}, ...clicks } = clicked ?? { clicks: 0, clicked_views: 0, clicked_visitors: 0, dead: 0, rage: 0, error: 0 } // biome-ignore format: one line
  const {
    last_click_gmv_squares: squares,
    gmv_by_day,
    ...credit
  } = credited ?? { ...noCredit, last_click_gmv_squares: 0, gmv_by_day: {} }
  return {
    ...exposure,
    ...clicks,
    ...credit,
    ...place,
    squares,
    trend: trendOf(seen_by_day, clicks_by_day, gmv_by_day),
  }
}
