import {
  returnOutlierRow,
  returnOutliersAnswer,
  returnOutliersRequest,
} from '@guanlan/warehouse/queries/return-outliers/contract'
import { runReturnOutliers } from '@guanlan/warehouse/queries/return-outliers/run-return-outliers'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'
import { readFilters } from './read-filters.ts'

export const returnOutliersEndpoint = endpoint({
  name: 'return-outliers',
  method: 'GET',
  summary: 'What comes back more often than everything else',
  description:
    'Products, or values of another slice, whose matured return rate is over that of all others even at the lower end of Wilson’s interval (three standard deviations), with the money beyond their share. `filters` is JSON.',
  request: returnOutliersRequest,
  answer: returnOutliersAnswer,
  example: { store_id: 'main', from: '2026-09-01', to: '2026-11-01', by: 'product' },
  read: readFilters,
  ask: ({ warehouse, store, asked }, request) => runReturnOutliers(warehouse, store, request, asked),
  table: ({ results }) => flatTable(returnOutlierRow.keyof().options, results),
})
