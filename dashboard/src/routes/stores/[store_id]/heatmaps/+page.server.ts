import { isSortable } from '#lib/heatmap-list/sort-pages.ts'
import type { PageRow, Part } from '#lib/heatmap-page/answers.ts'
import { given } from '#lib/heatmap-page/given.ts'
import { pageAddressOf } from '#lib/heatmap-page/page-address.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { heatmapEndpoint } from '#lib/server/api/heatmap-endpoint.ts'
import { ask, pageWorld, questionOf } from '#lib/server/ask.ts'
import { boundsOf } from '#lib/server/compared-range.ts'
import { segmentWords } from '#lib/server/customers/segment-words.ts'
import { panel, soon } from '#lib/server/panels.ts'
import { headOf, viewOf } from '#lib/server/view.ts'

const most = 500

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store, campaigns } = await parent()
  const world = { ...pageWorld(locals.asker, store), seldom: true }
  const view = viewOf(store, url, { campaigns })
  const { filters, width_class } = pageAddressOf({ get: (name) => url.searchParams.get(name) })
  // Of one page there are versions, not of all of them.
  const { version: _, ...narrowing } = filters
  const search = url.searchParams.get('search')?.trim().slice(0, 200) || undefined
  const sort = url.searchParams.get('sort')
  const asked = { store_id: store.store_id, ...boundsOf(view.period), ...given({ ...narrowing, width_class, search }) }
  const request = { ...asked, part: 'pages', limit: most } as const
  const { comparison: __, chips: ___, ...head } = headOf(view, url, { store, campaigns })
  const answer = ask(world, heatmapEndpoint, request) as unknown as Promise<Part<PageRow, { pages: number }>>
  return {
    head,
    ...{ filters, width_class, search, most },
    sort: isSortable(sort) ? sort : ('views' as const),
    period: view.period,
    segments: Object.entries(segmentWords(getLocale())).map(([name, { label }]) => ({ name, label })),
    ...(await soon({ pages: panel(world.log, 'heatmap pages', answer) })),
    question: questionOf(heatmapEndpoint, { ...request, limit: 1000 }),
  }
}
