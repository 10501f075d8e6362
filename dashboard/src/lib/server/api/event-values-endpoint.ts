import { eventValuesAnswer, eventValuesRequest } from '@guanlan/warehouse/queries/event-values/contract'
import { runEventValues } from '@guanlan/warehouse/queries/event-values/run-event-values'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

export const eventValuesEndpoint = endpoint({
  name: 'event-values',
  method: 'GET',
  summary: 'What events can be asked of',
  description:
    'Names of events, values of a field or a property, names of properties: those seen in a period, for choosing from.',
  request: eventValuesRequest,
  answer: eventValuesAnswer,
  example: { store_id: 'main', from: '2026-11-01', to: '2026-12-01', of: 'event' },
  ask: ({ warehouse, store, asked }, request) => runEventValues(warehouse, store, request, asked),
  table: ({ results }) => flatTable(eventValuesAnswer.shape.results.element.keyof().options, results),
})
