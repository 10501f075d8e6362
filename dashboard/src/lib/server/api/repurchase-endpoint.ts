import { repurchaseAnswer, repurchaseRequest, repurchaseRow } from '@guanlan/warehouse/queries/repurchase/contract'
import { runRepurchase } from '@guanlan/warehouse/queries/repurchase/run-repurchase'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

export const repurchaseEndpoint = endpoint({
  name: 'repurchase',
  method: 'GET',
  summary: 'Customers who ordered again',
  description:
    'Of the customers whose whole window lies before `as_of`, how many ordered again within it. Windows are days, `windows=30,60,90`.',
  request: repurchaseRequest,
  answer: repurchaseAnswer,
  example: { store_id: 'main', from: '2026-09-01', to: '2026-10-01', basis: 'first_order' },
  read: ({ windows, ...rest }) => ({
    ...rest,
    ...(windows !== undefined && { windows: windows.split(',').map(Number) }),
  }),
  ask: ({ warehouse, store, asked }, request) => runRepurchase(warehouse, store, request, asked),
  table: ({ results }) => {
    const isTold = results.some(({ cohort }) => cohort !== undefined)
    return flatTable(
      repurchaseRow.keyof().options.filter((column) => isTold || column !== 'cohort'),
      results,
    )
  },
})
