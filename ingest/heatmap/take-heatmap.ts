import { pageGrouping } from '@guanlan/warehouse/heatmap/page-group'
import { readUserAgent } from '../events/user-agent.ts'
import { isObject } from '../is-object.ts'
import { keep } from '../keep.ts'
import { Problem } from '../problem.ts'
import type { World } from '../world.ts'
import { click, clickLine } from './click.ts'
import { type Arrived, Refusals, readBodyView } from './read-heatmap.ts'
import { moduleLine, moduleReading, reading, readingLine } from './reading.ts'
import type { OfView } from './view.ts'

/** What a browser is told. */
export interface TakenHeatmap {
  /** Whether what is well formed was kept; false: over today's budget of the page. */
  accepted: boolean
  /** Whether it may go on today. */
  more: boolean
  /** Whether a copy of the page is wanted. */
  snapshot: boolean
  rejected?: { path: string; message: string }[]
}

const mostClicks = 1000
const mostModules = 1000

function listOf(value: unknown, path: string, most: number): unknown[] {
  if (value === undefined || value === null) return []
  const message = Array.isArray(value) ? `may have ${most} entries` : 'must be a list'
  if (Array.isArray(value) && value.length <= most) return value
  throw new Problem('invalid_request', `${path} ${message}.`, { errors: [{ path, message }] })
}

/** The lines of a reading and of its modules; without the reading nobody knows which of its modules' rows are newer. */
function readReading(told: unknown, modules: unknown[], of: OfView, refusals: Refusals) {
  if (told === undefined || told === null) return { lines: [], moduleLines: [] }
  let seq: number | undefined
  const line = refusals.take('reading', 'reading', told, {
    schema: reading,
    line: (parsed) => {
      seq = parsed.seq
      return readingLine(parsed, of)
    },
  })
  if (line === undefined || seq === undefined) return { lines: [], moduleLines: [] }
  const whole = { ...of, seq }
  const moduleLines = refusals.takeEach('reading', 'reading.modules', modules, {
    schema: moduleReading,
    line: (parsed) => moduleLine(parsed, whole),
  })
  return { lines: [line], moduleLines }
}

/**
 * Takes what a browser tells of one page view; each click, the reading and each module stand or fall alone.
 * @returns when everything is on disk, what was refused with its reasons too
 * @throws Problem 422 when the view itself is wrong, 503 when the spool takes nothing more
 */
export async function takeHeatmap(world: World, arrived: Arrived): Promise<TakenHeatmap> {
  const { personal, metrics, directory, heatmaps } = world
  const { store, body, clock, userAgent } = arrived
  const { store_id, time_zone } = store
  const clicks = listOf(body.clicks, 'clicks', mostClicks)
  const modules = isObject(body.reading) ? listOf(body.reading.modules, 'reading.modules', mostModules) : []
  const { columns, sent } = await readBodyView(world, 'reading', arrived)
  const { daily_views_per_page, snapshots, page_groups } = directory.tracking(store_id)
  const page = pageGrouping(page_groups)(columns.path)
  const view = { store_id, page, view_id: columns.view_id, time_zone, at: clock.receivedAt }
  const is_bot = sent.webdriver === true || readUserAgent(userAgent).is_bot
  const budget = is_bot ? heatmaps.botBudget : heatmaps.budget
  if (!budget.take(view, daily_views_per_page)) {
    metrics.heatmapOverBudget.inc({ store: store_id })
    return { accepted: false, more: false, snapshot: false }
  }
  const of = { store_id, view: columns, is_bot, clock, personal }
  const refusals = new Refusals(world, arrived)
  const clickLines = refusals.takeEach('click', 'clicks', clicks, { schema: click, line: (one) => clickLine(one, of) })
  const { lines: readingLines, moduleLines } = readReading(body.reading, modules, of, refusals)
  const stores = [store_id]
  await keep(world, [
    { table: 'page_clicks', lines: clickLines, stores },
    { table: 'page_readings', lines: readingLines, stores },
    { table: 'module_readings', lines: moduleLines, stores },
    { table: 'rejected_events', lines: refusals.lines, stores },
  ])
  metrics.accepted.inc({ store: store_id, kind: 'click' }, clickLines.length)
  metrics.accepted.inc({ store: store_id, kind: 'reading' }, readingLines.length)
  const { version, width_class } = columns
  // Who leaves hears no answer: asked for a copy, it would keep others from being asked.
  const mayAsk = snapshots && !is_bot && body.leaving !== true
  return {
    accepted: true,
    more: true,
    snapshot: mayAsk && heatmaps.snapshots.wants({ store_id, page, version, width_class }),
    ...(refusals.told.length > 0 && { rejected: refusals.told }),
  }
}
