import {
  type DataHealthAnswer,
  dataHealthAnswer,
  dataHealthRequest,
} from '@guanlan/warehouse/queries/data-health/contract'
import { runDataHealth } from '@guanlan/warehouse/queries/data-health/run-data-health'
import { remember } from '../remember.ts'
import { endpoint } from './endpoint.ts'

/** A look at a whole day: not at every event. */
const told = remember<DataHealthAnswer>(15_000)

export const dataHealthEndpoint = endpoint({
  name: 'data-health',
  method: 'GET',
  summary: 'How far the data can be relied on',
  description:
    'Bots, copies, rows that came after their day had closed, rollups behind their facts, differences that nightly comparisons found. At most 15 seconds old.',
  request: dataHealthRequest,
  answer: dataHealthAnswer,
  example: { store_id: 'main' },
  ask: ({ warehouse, store, asked }) =>
    told(JSON.stringify(store), () => runDataHealth(warehouse, store, asked.by === undefined ? {} : { by: asked.by })),
  table: ({ traffic, bots, late, rollups, differences }) => ({
    columns: ['measure', 'value'],
    rows: [
      ...Object.entries(traffic).map(([name, value]) => [`traffic.${name}`, value]),
      ...bots.map(({ reason, events }) => [`bots.${reason}`, events]),
      ['late.rows', late.rows],
      ...late.days.map(({ day, source, rows }) => [`late.${source}.${day}`, rows]),
      ...Object.entries(rollups).map(([name, value]) => [`rollups.${name}`, value]),
      ['differences.count', differences.count],
    ],
  }),
})
