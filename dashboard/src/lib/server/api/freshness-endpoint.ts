import { freshnessAnswer, freshnessRequest } from '@guanlan/warehouse/queries/freshness/contract'
import { runFreshness } from '@guanlan/warehouse/queries/freshness/run-freshness'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

export const freshnessEndpoint = endpoint({
  name: 'freshness',
  method: 'GET',
  summary: 'How fresh the numbers are',
  description:
    'When the newest fact was accepted and could be read, and whether the storefront is silent at a time when it usually is not.',
  request: freshnessRequest,
  answer: freshnessAnswer,
  example: { store_id: 'main' },
  ask: ({ warehouse, store, asked }, request) => runFreshness(warehouse, store, request, asked),
  table: ({ meta, ...facts }) => flatTable(freshnessAnswer.omit({ meta: true }).keyof().options, [facts]),
})
