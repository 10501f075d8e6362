import { rejectionsAnswer, rejectionsRequest } from '@guanlan/warehouse/queries/rejections/contract'
import { runRejections } from '@guanlan/warehouse/queries/rejections/run-rejections'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

export const rejectionsEndpoint = endpoint({
  name: 'rejections',
  method: 'GET',
  summary: 'Why events and records were rejected',
  description: 'What was rejected in the last hours, equal reasons together, the most frequent first.',
  request: rejectionsRequest,
  answer: rejectionsAnswer,
  example: { store_id: 'main', hours: 24 },
  ask: ({ warehouse, store, asked }, request) => runRejections(warehouse, store, request, asked),
  table: ({ results }) => flatTable(rejectionsAnswer.shape.results.element.keyof().options, results),
})
