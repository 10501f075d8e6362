import type { MetricName } from '@guanlan/warehouse/metrics/catalog'
import { watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { getLocale } from '#lib/paraglide/runtime.js'
import { addDays, dayIn } from '#lib/period/days.ts'
import { Problem } from '#lib/server/api/problem.ts'
import { queryEndpoint } from '#lib/server/api/query-endpoint.ts'
import { readStore } from '#lib/server/api/read-store.ts'
import { ask, pageWorld } from '#lib/server/ask.ts'
import { connections } from '#lib/server/connections.ts'
import { valueLabel } from '#lib/server/words.ts'

/** By what the values of a slice are ordered; visitors know most of them. */
const sizes: Partial<Record<(typeof watchedSlices)[number], MetricName>> = {
  ...{ province: 'paid_orders', payment_method: 'paid_orders', category: 'units', page_type: 'pageviews' },
}
const [days, most] = [28, 50]

/** The values that a slice has had lately, the largest first: what a rule or a silence may be about. */
export const GET = async ({ locals, params, url }) => {
  try {
    const store = await readStore(connections().warehouse, locals.asker, params.store_id)
    const dimension = watchedSlices.find((name) => name === url.searchParams.get('dimension'))
    if (!dimension) throw new Problem(400, 'Name a dimension that can be watched.')
    const tomorrow = addDays(dayIn(store.time_zone, new Date()), 1)
    const size = sizes[dimension] ?? 'visitors'
    const { results } = await ask({ ...pageWorld(locals.asker, store), seldom: true }, queryEndpoint, {
      ...{ store_id: store.store_id, metrics: [size], dimensions: [dimension], limit: most },
      date_range: [addDays(tomorrow, -days), tomorrow],
      order_by: [[size, 'desc']],
    })
    const values = results.flatMap(({ dimensions: [value = ''] }) => value ? [{ value, label: valueLabel(dimension, value, getLocale()) }] : []) // biome-ignore format: one pipe
    return Response.json(values)
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    throw error
  }
}
