import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask } from '../../define-query.ts'
import { periodOf, toIso, toParam } from '../period.ts'
import { productNames } from '../products/product-names.ts'
import { QueryError } from '../query-error.ts'
import type { Store } from '../store.ts'
import {
  type EventValuesAnswer,
  type EventValuesRequest,
  eventValuesRequest,
  mostDays,
  mostEvents,
} from './contract.ts'
import { eventValuesSql } from './sql.ts'

const row = z.object({ value: z.string(), events: z.number(), looked_at: z.number() })

/**
 * The values that events of a period have, the most frequent first; bots left out.
 * @throws QueryError when the period is empty, or looking takes longer than 10 s
 */
export async function runEventValues(
  warehouse: Warehouse,
  store: Store,
  request: EventValuesRequest,
  asked: Asked = {},
): Promise<EventValuesAnswer> {
  const { from, to, of, event, search, limit } = eventValuesRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const since = DateTime.max(period.from, period.to.minus({ days: mostDays }))
  const { sql, params } = eventValuesSql({ of, event, search })
  const rows = await ask(
    warehouse,
    {
      name: 'event_values',
      sql,
      row,
      params: {
        ...params,
        store_id: store.store_id,
        from: toParam(since),
        to: toParam(period.to),
        limit: limit + 1,
      },
    },
    asked,
  ).catch(refuseCost)
  const kept = rows.slice(0, limit)
  const skus = of === 'product' ? kept.map(({ value }) => value).filter(Boolean) : []
  const names = await productNames(warehouse, { store_id: store.store_id, skus }, asked)
  return {
    results: kept.map(({ value, events }) => ({ value, name: names.get(value) ?? '', events })),
    meta: {
      time_zone: store.time_zone,
      from: toIso(since),
      to: toIso(period.to),
      truncated: rows.length > limit,
      sampled: kept.some(({ looked_at }) => looked_at === mostEvents),
    },
  }
}

function refuseCost(error: unknown): never {
  if (error instanceof Error && 'type' in error && error.type === 'TIMEOUT_EXCEEDED')
    throw new QueryError('too_costly', 'from', 'Looking through so many events takes too long; ask a shorter period.')
  throw error
}
