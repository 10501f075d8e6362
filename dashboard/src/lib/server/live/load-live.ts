import { setTimeout as sleep } from 'node:timers/promises'
import type { OrdersAnswer } from '@guanlan/warehouse/queries/orders/contract'
import type { PaceAnswer } from '@guanlan/warehouse/queries/pace/contract'
import type { Language } from '#lib/format/intl.ts'
import { daySeriesOf } from '#lib/live/day-series.ts'
import { keyOf, type LiveView } from '#lib/live/live-view.ts'
import { type Ranked, rankingOf } from '#lib/live/ranking.ts'
import { freshnessEndpoint } from '../api/freshness-endpoint.ts'
import { ordersEndpoint } from '../api/orders-endpoint.ts'
import { paceEndpoint } from '../api/pace-endpoint.ts'
import { queryEndpoint } from '../api/query-endpoint.ts'
import { ask, type PageWorld, questionOf } from '../ask.ts'
import { type Panel, panel } from '../panels.ts'
import { productLabels } from '../product-labels.ts'
import { rememberSettings } from '../settings/remember-settings.ts'
import { valueLabel } from '../words.ts'
import { liveRequests } from './live-requests.ts'

type Requests = ReturnType<typeof liveRequests>

/** Rows of a ranking; as many gain and lose at most. */
const ranked = 8
/** After so long the page is told that the warehouse does not answer, and what came meanwhile. */
const patienceMs = 8000

const withLabels = (rows: Ranked[], label: (value: string) => string) =>
  rows.map((row) => ({ ...row, label: label(row.value) }))

async function ranking(
  world: PageWorld,
  request: Requests['products' | 'channels'],
  labels: (values: string[]) => Promise<(value: string) => string>,
) {
  const { top, rising, falling, ...rest } = rankingOf(await ask(world, queryEndpoint, request), ranked)
  const label = await labels([...top, ...rising, ...falling].map(({ value }) => value))
  return {
    ...{ top: withLabels(top, label), rising: withLabels(rising, label), falling: withLabels(falling, label) },
    ...rest,
  }
}

const withChannels = (answer: OrdersAnswer, label: (channel: string) => string) =>
  answer.results.map((order) => ({ ...order, channel_label: label(order.channel) }))

// Asked once a minute, or when its target changes: it reads eight weeks of hours, of which a new order changes nothing but
// what has been sold so far.
const paces = rememberSettings<PaceAnswer>(60_000, 100)

/** How each panel is asked for. */
function asksOf(world: PageWorld, requests: Requests, now: Date, language: Language) {
  const channelLabel = (value: string) => valueLabel('channel', value, language)
  const { store } = world
  return {
    totals: () => ask(world, queryEndpoint, requests.totals),
    visitors: () => ask(world, queryEndpoint, requests.visitors),
    orders: async () => withChannels(await ask(world, ordersEndpoint, requests.orders), channelLabel),
    freshness: () => ask(world, freshnessEndpoint, requests.freshness),
    pace: () => paces(JSON.stringify([store, requests.pace]), () => ask(world, paceEndpoint, requests.pace)),
    day: async () => daySeriesOf(await ask(world, queryEndpoint, requests.day), now),
    products: () => ranking(world, requests.products, (skus) => productLabels(world, skus)),
    channels: () => ranking(world, requests.channels, async () => channelLabel),
  }
}

type Asks = ReturnType<typeof asksOf>
type Panels = { [Name in keyof Asks]: Panel<Awaited<ReturnType<Asks[Name]>>> }

/** What follows every change at once, and what costs more than it moves and follows a little later. */
export const liveParts = {
  numbers: ['totals', 'visitors', 'orders', 'freshness'],
  pictures: ['pace', 'day', 'products', 'channels'],
} as const satisfies Record<string, readonly (keyof Asks)[]>
export type LivePart = keyof typeof liveParts

/** Everything that the Live page shows, or a part of it, as it is now; each panel stands or falls alone. */
export async function loadLive(world: PageWorld, view: LiveView, language: Language, part?: LivePart) {
  const now = new Date()
  const requests = liveRequests(world.store, view, now)
  const asks = asksOf(world, requests, now, language)
  const late = sleep(patienceMs, undefined, { ref: false }).then((): never => {
    throw new Error(`The warehouse did not answer within ${patienceMs} ms.`)
  })
  // Each panel hears of it; that nobody else does is no failure.
  late.catch(() => {})
  const names = part ? liveParts[part] : Object.values(liveParts).flat()
  const panels = await Promise.all(
    names.map(async (name) => [name, await panel(world.log, name, Promise.race([asks[name](), late]))]),
  )
  return {
    key: keyOf(view),
    /** The server's clock, by which ages are told. */
    at: new Date().toISOString(),
    today: requests.today,
    panels: Object.fromEntries(panels) as Partial<Panels>,
    questions: {
      totals: questionOf(queryEndpoint, requests.totals),
      day: questionOf(queryEndpoint, requests.day),
      products: questionOf(queryEndpoint, requests.products),
      channels: questionOf(queryEndpoint, requests.channels),
      orders: questionOf(ordersEndpoint, requests.orders),
    },
  }
}

/** What the Live page shows at a moment; a panel that has not come yet is missing. */
export type LiveState = Awaited<ReturnType<typeof loadLive>>
export type LivePanel<Name extends keyof Panels> = Extract<Panels[Name], { ok: true }>['value']
