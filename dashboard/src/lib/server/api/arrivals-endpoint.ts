import type { ArrivalsSince } from '@guanlan/warehouse/queries/arrivals/arrivals-since'
import { arrival, arrivalsAnswer, arrivalsRequest } from '@guanlan/warehouse/queries/arrivals/contract'
import { runArrivals } from '@guanlan/warehouse/queries/arrivals/run-arrivals'
import { rememberSettings } from '../settings/remember-settings.ts'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

/** When the very first came changes no more until the store is removed: it need not be read again at every event. */
const ever = rememberSettings<ArrivalsSince>(300_000)

export const arrivalsEndpoint = endpoint({
  name: 'arrivals',
  method: 'GET',
  summary: 'What has arrived by each way in',
  description:
    'By protocol of events and kind of records: when the first and the last arrived, how much within 24 hours.',
  request: arrivalsRequest,
  answer: arrivalsAnswer,
  example: { store_id: 'main' },
  ask: ({ warehouse, store, asked }) => runArrivals(warehouse, store, asked, (ask) => ever(store.store_id, ask)),
  table: ({ results }) => flatTable(arrival.keyof().options, results),
})
