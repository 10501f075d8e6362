import { funnelAnswer, funnelRequest } from '@guanlan/warehouse/queries/funnel/contract'
import { runFunnel } from '@guanlan/warehouse/queries/funnel/run-funnel'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

const columns = ['position', 'step', 'visitors', 'conversion', 'step_conversion', 'median_seconds'] as const

export const funnelEndpoint = endpoint({
  name: 'funnel',
  method: 'POST',
  summary: 'How far visitors went',
  description:
    'Ordered steps that a visitor reached within a window of the first, by the value at entry when broken down.',
  request: funnelRequest,
  answer: funnelAnswer,
  example: {
    store_id: 'main',
    steps: [{ name: 'view_item' }, { name: 'add_to_cart' }, { name: 'begin_checkout' }],
    window_seconds: 86_400,
    date_range: ['2026-11-01', '2026-11-12'],
  },
  ask: ({ warehouse, store, asked }, request) => runFunnel(warehouse, store, request, asked),
  table: ({ results }) => {
    const brokenDown = results.some(({ breakdown }) => breakdown !== undefined)
    return flatTable(brokenDown ? ['breakdown', ...columns] : columns, results)
  },
})
