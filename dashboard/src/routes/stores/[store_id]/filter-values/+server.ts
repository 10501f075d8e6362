import { filterable } from '#lib/filters/filters.ts'
import { getLocale } from '#lib/paraglide/runtime.js'
import { isDay } from '#lib/period/days.ts'
import { Problem } from '#lib/server/api/problem.ts'
import { queryEndpoint } from '#lib/server/api/query-endpoint.ts'
import { readStore } from '#lib/server/api/read-store.ts'
import { ask, pageWorld } from '#lib/server/ask.ts'
import { connections } from '#lib/server/connections.ts'
import { valueLabel } from '#lib/server/words.ts'

/** The values that a slice has in a period, most visitors first, in the reader's language. */
export const GET = async ({ locals, params, url }) => {
  try {
    const store = await readStore(connections().warehouse, locals.asker, params.store_id)
    const dimension = filterable.find((name) => name === url.searchParams.get('dimension'))
    const [from, to] = [url.searchParams.get('from'), url.searchParams.get('to')]
    if (!dimension || !isDay(from) || !isDay(to)) throw new Problem(400, 'Name a dimension, and days as from and to.')
    const { results } = await ask(pageWorld(locals.asker, store), queryEndpoint, {
      store_id: store.store_id,
      metrics: ['visitors', 'paid_gmv'],
      dimensions: [dimension],
      date_range: [from, to],
      order_by: [['visitors', 'desc']],
      limit: 200,
    })
    const values = results.map(({ dimensions: [value = ''], metrics: [visitors] }) => ({
      value,
      label: valueLabel(dimension, value, getLocale()),
      visitors: visitors ?? 0,
    }))
    return Response.json(values)
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    throw error
  }
}
