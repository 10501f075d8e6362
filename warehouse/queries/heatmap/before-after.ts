import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { dayOrInstant } from '../period.ts'
import type { Store } from '../store.ts'
import type { Changed, ModuleChange } from './contract.ts'
import { type ModuleFigures, readModuleFigures } from './module-figures.ts'
import { pageFields, pageSelectionOf, selectionFields } from './selection.ts'
import { type Difference, meanDifference, rateDifference } from './statistics.ts'

/** What is asked of a change: the same modules before it, from `from` to `at`, and after it, from `at` to `to`. */
export const beforeAfterRequest = z.strictObject({ ...selectionFields, ...pageFields, at: dayOrInstant })
export type BeforeAfterRequest = z.input<typeof beforeAfterRequest>

/** Of intervals, in standard deviations: 95 of 100 hold what is true. */
const deviations = 1.96

type Module = ModuleFigures['modules'][number]

const isSure = (change: Difference | null) => change !== null && (change.low > 0 || change.high < 0)

function rate(before: readonly [number, number], after: readonly [number, number]): Changed {
  const change = rateDifference(before, after, deviations)
  const of = ([hits, all]: readonly [number, number]) => (all === 0 ? null : hits / all)
  return { before: of(before), after: of(after), change, is_sure: isSure(change) }
}

function money(before: Module | undefined, after: Module | undefined): Changed {
  const earned = (module: Module | undefined) => ({
    sum: (module?.last_click_gmv ?? 0) * 1000,
    squares: (module?.squares ?? 0) * 1_000_000,
    of: module?.seen_views ?? 0,
  })
  const [one, other] = [earned(before), earned(after)]
  const change = meanDifference(one, other, deviations)
  const of = ({ sum, of }: typeof one) => (of === 0 ? null : sum / of)
  return { before: of(one), after: of(other), change, is_sure: isSure(change) }
}

/** How modules differ between two readings of them; the most clicked first. */
function changesOf(before: ModuleFigures, after: ModuleFigures): ModuleChange[] {
  const [was, is] = [before, after].map(({ modules }) => new Map(modules.map((row) => [row.module, row])))
  const names = new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])
  const clicks = (name: string) => (is?.get(name)?.clicks ?? 0) + (was?.get(name)?.clicks ?? 0)
  return [...names]
    .sort((one, other) => clicks(other) - clicks(one) || (one < other ? -1 : 1))
    .map((module) => {
      const [one, other] = [was?.get(module), is?.get(module)]
      const [seen, laterSeen] = [one?.seen_views ?? 0, other?.seen_views ?? 0]
      // A rate is of at most all: who clicked without an exposure that was told saw it all the same.
      const within = (hits: number | undefined, of: number) => [Math.min(hits ?? 0, of), of] as const
      return {
        module,
        seen_views: { before: seen, after: laterSeen },
        seen_rate: rate(within(seen, before.page.views), within(laterSeen, after.page.views)),
        click_rate: rate(within(one?.clicked_views, seen), within(other?.clicked_views, laterSeen)),
        order_rate: rate(within(one?.last_click_orders, seen), within(other?.last_click_orders, laterSeen)),
        gmv_per_1000_exposures: money(one, other),
      }
    })
}

/**
 * How the modules of a page did before and after a moment, each difference with the interval that it lies in.
 * @throws QueryError when either period is empty or no page is named
 */
export async function runBeforeAfter(
  warehouse: Warehouse,
  store: Store,
  request: BeforeAfterRequest,
  asked: Asked = {},
): Promise<{
  results: ModuleChange[]
  meta: { time_zone: string; currency: string; from: string; at: string; to: string }
}> {
  const { from, to, at, ...fields } = beforeAfterRequest.parse(request)
  const [one, other] = await Promise.all([
    pageSelectionOf(warehouse, store, { ...fields, from, to: at }),
    pageSelectionOf(warehouse, store, { ...fields, from: at, to }),
  ])
  const [before, after] = await Promise.all([
    readModuleFigures(warehouse, one, 'module', asked),
    readModuleFigures(warehouse, other, 'module', asked),
  ])
  const { time_zone, currency } = one.meta
  return {
    results: changesOf(before, after),
    meta: { time_zone, currency, from: one.meta.from, at: other.meta.from, to: other.meta.to },
  }
}
