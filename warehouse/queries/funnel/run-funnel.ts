import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { dimensions } from '../../metrics/dimensions.ts'
import { dimensionsOf } from '../filter.ts'
import { periodOf, toIso, toParam } from '../period.ts'
import { QueryError, refusePattern } from '../query-error.ts'
import type { Store } from '../store.ts'
import { type FunnelAnswer, type FunnelRequest, funnelRequest, type ParsedFunnel } from './contract.ts'
import { funnelSql } from './sql.ts'

const row = z.object({
  entry: z.string(),
  position: z.number(),
  visitors: z.number(),
  median_ms: z.number().nullable(),
})
type Row = z.output<typeof row>

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

function stepsOf({ steps, breakdown }: ParsedFunnel, entry: string, rows: Row[]): FunnelAnswer['results'] {
  const at = (position: number) => rows.find((one) => one.position === position)
  const first = at(1)?.visitors ?? 0
  return steps.map(({ name }, index) => {
    const { visitors = 0, median_ms = null } = at(index + 1) ?? {}
    return {
      ...(breakdown && { breakdown: entry }),
      step: name,
      position: index + 1,
      visitors,
      conversion: share(visitors, first),
      step_conversion: index === 0 ? null : share(visitors, at(index)?.visitors ?? 0),
      median_seconds: median_ms === null ? null : median_ms / 1000,
    }
  })
}

/**
 * How many visitors reached each step within the window, as the order says; bots left out.
 * @throws QueryError when the period is empty, a filter is not one of events, a pattern is none, or steps overlap too much
 */
export async function runFunnel(
  warehouse: Warehouse,
  store: Store,
  request: FunnelRequest,
  asked: Asked = {},
): Promise<FunnelAnswer> {
  const funnel = funnelRequest.parse(request)
  const period = periodOf(funnel.date_range, store.time_zone)
  const unknown = dimensionsOf(funnel.filters).find((name) => !dimensions[name].sql.traffic)
  if (unknown) {
    throw new QueryError('not_available', 'filters', `A funnel cannot be asked of ${unknown}: events do not know it.`)
  }
  const { sql, params } = funnelSql(funnel)
  const rows = await ask(
    warehouse,
    {
      name: 'funnel',
      sql,
      row,
      params: {
        ...params,
        store_id: store.store_id,
        from: toParam(period.from),
        to: toParam(period.to),
        window_ms: funnel.window_seconds * 1000,
        values: funnel.breakdown ? funnel.limit : 1,
      },
    },
    asked,
  ).catch(refusePattern)
  const entries = Map.groupBy(rows, ({ entry }) => entry)
  const kept = funnel.breakdown ? [...entries] : [['', rows] as const]
  return {
    results: kept.flatMap(([entry, its]) => stepsOf(funnel, entry, [...its])),
    meta: { time_zone: store.time_zone, from: toIso(period.from), to: toIso(period.to) },
  }
}
