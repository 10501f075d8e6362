import type { z } from 'zod'
import { given } from '#lib/heatmap-page/given.ts'
import type { PageAddress, WidthClass } from '#lib/heatmap-page/page-address.ts'
import type { heatmapEndpoint } from '#lib/server/api/heatmap-endpoint.ts'
import { boundsOf, comparedRange } from '#lib/server/compared-range.ts'
import type { NamedStore } from '#lib/server/stores.ts'
import type { View } from '#lib/server/view.ts'

export type HeatmapRequest = z.input<typeof heatmapEndpoint.request>

/** Elements that are drawn, and those whose orders are told. */
const mostElements = 2000

/** The questions about the structures of a page: not narrowed to one, so that there are others to choose. */
export function versionsRequest(store: NamedStore, view: View, page: NonNullable<PageAddress['page']>): HeatmapRequest {
  return { store_id: store.store_id, ...boundsOf(view.period), ...page, part: 'versions' }
}

/** The questions that make the heatmap of a page, each as it could be sent to the read API. */
export function heatmapRequests(
  store: NamedStore,
  view: View,
  { page, filters, compared, by, at }: PageAddress & { page: NonNullable<PageAddress['page']> },
  width_class: WidthClass,
) {
  const bounds = boundsOf(view.period)
  const asked = { store_id: store.store_id, ...bounds, ...page, width_class, ...given(filters) }
  const earlier = compared === 'previous' ? comparedRange(store, { ...view, against: undefined as never, comparison: 'previous_period' }).compared : undefined // biome-ignore format: one line
  const other = compared === undefined ? undefined : compared === 'previous' ? earlier && { ...asked, ...earlier } : { ...asked, version: compared.version } // biome-ignore format: one line
  const clicks = { part: 'clicks', limit: mostElements } as const
  return {
    clicks: { ...asked, ...clicks } satisfies HeatmapRequest,
    elements: { ...asked, part: 'elements', limit: mostElements } satisfies HeatmapRequest,
    scroll: { ...asked, part: 'scroll' } satisfies HeatmapRequest,
    modules: { ...asked, part: 'modules' } satisfies HeatmapRequest,
    slots: by === 'slot' ? ({ ...asked, part: 'modules', by: 'slot' } satisfies HeatmapRequest) : undefined,
    changes: at ? ({ ...asked, part: 'changes', at } satisfies HeatmapRequest) : undefined,
    other: other && {
      clicks: { ...other, ...clicks } satisfies HeatmapRequest,
      scroll: { ...other, part: 'scroll' } satisfies HeatmapRequest,
      range: earlier,
    },
  }
}
