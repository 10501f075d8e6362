import { recentEventsAnswer, recentEventsRequest } from '@guanlan/warehouse/queries/recent-events/contract'
import { runRecentEvents } from '@guanlan/warehouse/queries/recent-events/run-recent-events'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

export const eventsEndpoint = endpoint({
  name: 'events',
  method: 'GET',
  summary: 'What arrived last',
  description:
    'Events and records, accepted or rejected with the reason, newest first; how each event was understood. At most seven days back; `meta.next` as `before` asks for the page that follows.',
  request: recentEventsRequest,
  answer: recentEventsAnswer,
  example: { store_id: 'main', status: 'all', limit: 50 },
  ask: ({ warehouse, store, asked }, request) => runRecentEvents(warehouse, store, request, asked),
  table: ({ results }) =>
    flatTable(
      [
        ...(['received_at', 'status', 'kind', 'protocol', 'name', 'id', 'visitor_id', 'customer_id'] as const),
        ...(['order_id', 'code', 'path', 'message', 'payload'] as const),
      ],
      results,
    ),
})
