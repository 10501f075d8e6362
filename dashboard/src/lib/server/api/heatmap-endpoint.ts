import { columnsOf, heatmapAnswer, heatmapRequest, runHeatmap } from '@guanlan/warehouse/queries/heatmap/heatmap'
import type { Cell } from './csv.ts'
import { endpoint } from './endpoint.ts'
import { readFilters } from './read-filters.ts'

export const heatmapEndpoint = endpoint({
  name: 'heatmap',
  method: 'GET',
  summary: 'Where people click, how far they read, what modules sell',
  description:
    'One `part` at a time; all but `pages` and `week` name a page, by `path` or by `group` as the list of pages tells it. `filters` is JSON. In CSV what is nested is JSON.',
  request: heatmapRequest,
  answer: heatmapAnswer,
  example: { store_id: 'main', from: '2026-11-01', to: '2026-12-01', part: 'pages' },
  read: readFilters,
  ask: ({ warehouse, store, asked }, request) => runHeatmap(warehouse, store, request, asked),
  table: ({ part, results }) => {
    const columns = columnsOf(part)
    return { columns, rows: results.map((row) => columns.map((column) => cellOf(row[column]))) }
  },
})

const cellOf = (value: unknown): Cell =>
  typeof value === 'string' || typeof value === 'number' ? value : value == null ? null : JSON.stringify(value)
