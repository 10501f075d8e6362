import { hash } from 'node:crypto'
import { boundRejected, type RejectedRow } from '../rejected-row.ts'
import { toText } from '../time.ts'
import type { Refused } from './bisect.ts'
import type { Table } from './tables.ts'

const field = (line: string, name: string) => new RegExp(`"${name}":"([^"]*)"`).exec(line)?.[1]

/** A row that ClickHouse refuses, as a rejected row; the same one each time its segment is inserted again. */
export function refusedRow(table: Table, { line, reason }: Refused): RejectedRow {
  return boundRejected({
    store_id: field(line, 'store_id') ?? '',
    rejected_id: hash('sha256', line, 'hex').slice(0, 32),
    received_at: field(line, 'received_at') ?? toText(0),
    kind: table === 'events' ? 'event' : table,
    protocol: field(line, 'protocol') ?? 'records',
    code: 'refused_by_warehouse',
    path: '',
    message: reason,
    payload: line,
  })
}
