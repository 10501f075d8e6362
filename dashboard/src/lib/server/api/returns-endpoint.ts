import { returnsAnswer, returnsRequest } from '@guanlan/warehouse/queries/returns/contract'
import { runReturns } from '@guanlan/warehouse/queries/returns/run-returns'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'
import { readFilters } from './read-filters.ts'

export const returnsEndpoint = endpoint({
  name: 'returns',
  method: 'GET',
  summary: 'What came back, and why',
  description:
    'Returned orders by reason or another slice, the matured rate by the day of placement, and refunds by the day they were given. `filters` is JSON. `per` says what the rows of the CSV are.',
  request: returnsRequest,
  answer: returnsAnswer,
  example: { store_id: 'main', from: '2026-10-01', to: '2026-11-01', by: 'reason' },
  read: readFilters,
  ask: ({ warehouse, store, asked }, request) => runReturns(warehouse, store, request, asked),
  table: ({ results, days, total, meta }) => {
    if (meta.per === 'slice') return flatTable(returnsAnswer.shape.results.element.keyof().options, results)
    if (meta.per === 'day') return flatTable(returnsAnswer.shape.days.element.keyof().options, days)
    const { matured, fresh, ...all } = total
    const rows = [
      { days: 'all', ...all },
      { days: 'matured', ...matured },
      { days: 'fresh', ...fresh },
    ]
    return flatTable<Partial<Record<'days' | keyof typeof all, unknown>>>(
      ['days', ...(Object.keys(all) as (keyof typeof all)[])],
      rows,
    )
  },
})
