import { incidentsAnswer, incidentsRequest } from '@guanlan/warehouse/queries/incidents/contract'
import { runIncidents } from '@guanlan/warehouse/queries/incidents/run-incidents'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

export const incidentsEndpoint = endpoint({
  name: 'incidents',
  method: 'GET',
  summary: 'What went wrong',
  description:
    'Openings of alert rules that were open at any moment of the period, the latest first, with what each cost in paid GMV and what explains it.',
  request: incidentsRequest,
  answer: incidentsAnswer,
  example: { store_id: 'main', from: '2026-11-01', to: '2026-12-01' },
  ask: ({ warehouse, store, asked }, request) => runIncidents(warehouse, store, request, asked),
  table: ({ results }) => flatTable(incidentsAnswer.shape.results.element.keyof().options, results),
})
