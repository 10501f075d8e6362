import {
  rfmAnswer,
  rfmCellRow,
  rfmCustomerRow,
  rfmRequest,
  rfmSegmentRow,
} from '@guanlan/warehouse/queries/rfm/contract'
import { runRfm } from '@guanlan/warehouse/queries/rfm/run-rfm'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

const columns = {
  segment: rfmSegmentRow.keyof().options,
  cell: rfmCellRow.keyof().options,
  customer: rfmCustomerRow.keyof().options,
} as const
type Row = Partial<Record<(typeof columns)[keyof typeof columns][number], unknown>>

export const rfmEndpoint = endpoint({
  name: 'rfm',
  method: 'GET',
  summary: 'Customers by recency, frequency and money',
  description:
    'Scores in fifths and the segments made of them; `per=customer` is the list behind a segment, `per=cell` tells recency × frequency.',
  request: rfmRequest,
  answer: rfmAnswer,
  example: { store_id: 'main', from: '2026-09-01', to: '2026-12-01' },
  ask: ({ warehouse, store, asked }, request) => runRfm(warehouse, store, request, asked),
  table: ({ results, meta }) => flatTable<Row>(columns[meta.per], results),
})
