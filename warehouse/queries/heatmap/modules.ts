import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import type { Store } from '../store.ts'
import type { ModuleRow } from './contract.ts'
import { type ModuleFigures, readModuleFigures } from './module-figures.ts'
import { judgeModules } from './module-flags.ts'
import { pageFields, pageSelectionOf, type Selection, selectionFields } from './selection.ts'
import { share } from './share.ts'

/** What is asked of the modules of a page. */
export const modulesRequest = z.strictObject({
  ...selectionFields,
  ...pageFields,
  by: z.enum(['module', 'slot']).default('module').meta({ description: 'slot: the cards of lists and carousels.' }),
})
export type ModulesRequest = z.input<typeof modulesRequest>

export interface ModulesAnswer {
  results: ModuleRow[]
  meta: Selection['meta'] & {
    views: number
    visitors: number
    /** All of the page, in modules or not. */
    clicks: number
    last_click_orders: number
    last_click_gmv: number
  }
}

/** The numbers of a module that are made of its figures and the page's. */
function rowOf({ squares: _, ...module }: ModuleFigures['modules'][number], page: ModuleFigures['page']): ModuleRow {
  const { seen_views, clicks, clicked_views, last_click_gmv } = module
  return {
    ...module,
    seen_rate: share(seen_views, page.views),
    visible_ms: share(module.visible_ms, seen_views),
    click_rate: share(clicked_views, seen_views),
    gmv_per_1000_exposures: seen_views === 0 ? null : (last_click_gmv / seen_views) * 1000,
    click_share: share(clicks, page.clicks),
    gmv_share: share(last_click_gmv, page.last_click_gmv),
    flag: null,
    at_stake: 0,
  }
}

/**
 * The modules of a page with what they came to: flagged ones first, most money at stake first, then by clicks. Slots are not flagged.
 * @throws QueryError when the period is empty or no page is named
 */
export async function runModules(
  warehouse: Warehouse,
  store: Store,
  request: ModulesRequest,
  asked: Asked = {},
): Promise<ModulesAnswer> {
  const { by, ...fields } = modulesRequest.parse(request)
  const selection = await pageSelectionOf(warehouse, store, fields)
  const { modules, page } = await readModuleFigures(warehouse, selection, by, asked)
  const verdicts = by === 'module' ? judgeModules(modules, page.views) : []
  const rows = modules.map((module, at) => ({ ...rowOf(module, page), ...verdicts[at] }))
  return {
    results: rows.sort(
      (one, other) =>
        Number(other.flag !== null) - Number(one.flag !== null) ||
        other.at_stake - one.at_stake ||
        other.clicks - one.clicks ||
        one.position - other.position,
    ),
    meta: { ...selection.meta, ...page },
  }
}
