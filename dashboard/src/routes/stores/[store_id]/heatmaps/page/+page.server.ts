import { redirect } from '@sveltejs/kit'
import type { ChangeRow, ElementRow, ModuleRow, Part, ScrollRow, VersionRow } from '#lib/heatmap-page/answers.ts'
import { pageAddressOf } from '#lib/heatmap-page/page-address.ts'
import { usualWidth, widthsOf } from '#lib/heatmap-page/widths-of.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { heatmapEndpoint } from '#lib/server/api/heatmap-endpoint.ts'
import { ask, pageWorld, questionOf } from '#lib/server/ask.ts'
import { segmentWords } from '#lib/server/customers/segment-words.ts'
import { panel, soon } from '#lib/server/panels.ts'
import { headOf, viewOf } from '#lib/server/view.ts'
import { type HeatmapRequest, heatmapRequests, versionsRequest } from './requests.ts'

interface ModulesMeta {
  views: number
  clicks: number
  last_click_gmv: number
}
interface ScrollMeta {
  views: number
  fold: number | null
}

export const load = async ({ parent, url, locals, depends }) => {
  depends('store:facts')
  const { store, campaigns } = await parent()
  const world = { ...pageWorld(locals.asker, store), seldom: true }
  const view = viewOf(store, url, { campaigns })
  const address = pageAddressOf({ get: (name) => url.searchParams.get(name) })
  const { page } = address
  if (!page) redirect(307, `/stores/${store.store_id}/heatmaps`)

  const asked = <P extends Part<unknown, unknown>>(request: HeatmapRequest) =>
    panel(world.log, `heatmap ${request.part}`, ask(world, heatmapEndpoint, request) as unknown as Promise<P>)
  const clicksOf = (request: HeatmapRequest) => ask(world, heatmapEndpoint, request).catch(() => undefined)
  // What is drawn takes longest: the browser fetches the answer by itself, which is under way from here on.
  if (address.width_class) void clicksOf(heatmapRequests(store, view, { ...address, page }, address.width_class).clicks)
  // Without a width named, that is shown which the page was seen in most, so that is asked first.
  const versions = await asked<Part<VersionRow>>(versionsRequest(store, view, page))
  const widths = versions.ok ? widthsOf(versions.value.results) : []
  const width_class = address.width_class ?? usualWidth(widths)
  const requests = heatmapRequests(store, view, { ...address, page }, width_class)
  // What is drawn comes first: all else would take the processors from it.
  const drawn = clicksOf(requests.clicks)
  const then = <P extends Part<unknown, unknown>>(request: HeatmapRequest) => drawn.then(() => asked<P>(request))
  const question = (request: HeatmapRequest) => questionOf(heatmapEndpoint, request)
  const { slots, changes, other } = requests
  const { comparison: _, chips: __, ...head } = headOf(view, url, { store, campaigns })
  return {
    head,
    page,
    address,
    width_class,
    widths,
    versions,
    period: view.period,
    segments: Object.entries(segmentWords(getLocale())).map(([name, { label }]) => ({ name, label })),
    ...(await soon({
      elements: then<Part<ElementRow, { clicks: number }>>(requests.elements),
      scroll: asked<Part<ScrollRow, ScrollMeta>>(requests.scroll),
      modules: then<Part<ModuleRow, ModulesMeta>>(requests.modules),
      slots: slots ? then<Part<ModuleRow, ModulesMeta>>(slots) : Promise.resolve(undefined),
      changes: changes ? then<Part<ChangeRow>>(changes) : Promise.resolve(undefined),
      otherScroll: other ? asked<Part<ScrollRow, ScrollMeta>>(other.scroll) : Promise.resolve(undefined),
    })),
    otherRange: other?.range,
    // Tens of thousands of points are not sent with the page: it asks for them itself.
    questions: {
      clicks: question(requests.clicks),
      elements: question(requests.elements),
      scroll: question(requests.scroll),
      modules: question(slots ?? requests.modules),
      changes: changes && question(changes),
      versions: question(versionsRequest(store, view, page)),
      other: other && question(other.clicks),
    },
  }
}
