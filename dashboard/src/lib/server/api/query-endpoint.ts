import { queryAnswer } from '@guanlan/warehouse/queries/query/answer'
import { queryRequest } from '@guanlan/warehouse/queries/query/request'
import { runQuery } from '@guanlan/warehouse/queries/query/run-query'
import { endpoint } from './endpoint.ts'

export const queryEndpoint = endpoint({
  name: 'query',
  method: 'POST',
  summary: 'Metrics over a period',
  description:
    'Totals, a time series or a breakdown of any metrics, with a comparison when asked. Values come in the order of `query.metrics`; money keeps four decimals; an undefined ratio is null.',
  request: queryRequest,
  answer: queryAnswer,
  example: {
    store_id: 'main',
    metrics: ['visitors', 'paid_gmv'],
    dimensions: ['channel'],
    date_range: ['2026-11-01', '2026-11-12'],
    compare: 'previous_period',
  },
  ask: ({ warehouse, store, asked }, request) => runQuery(warehouse, store, request, asked),
  table: ({ results, query, meta }) => ({
    columns: [
      ...query.dimensions,
      ...query.metrics,
      ...(meta.comparison ? query.metrics.map((name) => `${name}_comparison`) : []),
    ],
    rows: results.map(({ dimensions, metrics, comparison }) => [...dimensions, ...metrics, ...(comparison ?? [])]),
  }),
})
