import { rfmAnswer, rfmCustomerRow, rfmRequest, rfmSegmentRow } from '@guanlan/warehouse/queries/rfm/contract'
import { runRfm } from '@guanlan/warehouse/queries/rfm/run-rfm'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

type Row = Partial<Record<keyof typeof rfmCustomerRow.shape | keyof typeof rfmSegmentRow.shape, unknown>>

export const rfmEndpoint = endpoint({
  name: 'rfm',
  method: 'GET',
  summary: 'Customers by recency, frequency and money',
  description: 'Scores in fifths and the segments made of them; `per=customer` is the list behind a segment.',
  request: rfmRequest,
  answer: rfmAnswer,
  example: { store_id: 'main', from: '2026-09-01', to: '2026-12-01' },
  ask: ({ warehouse, store, asked }, request) => runRfm(warehouse, store, request, asked),
  table: ({ results }) => {
    const perCustomer = results.some((row) => 'customer_id' in row)
    const columns = perCustomer ? rfmCustomerRow.keyof().options : rfmSegmentRow.keyof().options
    return flatTable<Row>(columns, results)
  },
})
