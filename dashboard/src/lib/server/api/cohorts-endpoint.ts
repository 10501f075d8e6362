import { cohortsAnswer, cohortsRequest } from '@guanlan/warehouse/queries/cohorts/contract'
import { runCohorts } from '@guanlan/warehouse/queries/cohorts/run-cohorts'
import { endpoint } from './endpoint.ts'

export const cohortsEndpoint = endpoint({
  name: 'cohorts',
  method: 'GET',
  summary: 'Customers by when they first ordered',
  description: 'How many of each cohort ordered in each later month or week, with their orders and what they spent.',
  request: cohortsRequest,
  answer: cohortsAnswer,
  example: { store_id: 'main', from: '2026-06-01', to: '2026-12-01', grain: 'month' },
  ask: ({ warehouse, store, asked }, request) => runCohorts(warehouse, store, request, asked),
  table: ({ results }) => ({
    columns: ['cohort', 'size', 'periods_after', 'active', 'orders', 'revenue'],
    rows: results.flatMap(({ cohort, size, active, orders, revenue }) =>
      active.map((customers, at) => [cohort, size, at, customers, orders[at] ?? null, revenue[at] ?? null]),
    ),
  }),
})
