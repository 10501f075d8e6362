import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { fromClickHouse, toClickHouse } from '../../instant.ts'
import type { Store } from '../store.ts'
import { acceptedEvents } from './accepted-events.ts'
import { acceptedRecords } from './accepted-records.ts'
import { type RecentEvent, type RecentEventsAnswer, type RecentEventsRequest, recentEventsRequest } from './contract.ts'
import { rejectedRows } from './rejected-rows.ts'
import { sessionOf } from './session-of.ts'
import type { WindowParams } from './window.ts'

const hour = 3_600_000
/** A busy store fills a page within the last hour; only a quiet one, or a rare search, is worth the look at a week. */
const windows = [hour, 7 * 24 * hour]
/** After every id. */
const last = '\u{10FFFF}'

const nothing = {
  name: '',
  visitor_id: '',
  customer_id: '',
  order_id: '',
  understood: null,
  code: '',
  path: '',
  message: '',
}

/**
 * What arrived at a store last, accepted or rejected, newest first, at most a week back. Of an event that arrived several
 * times within a page the newest arrival is told.
 */
export async function runRecentEvents(
  warehouse: Warehouse,
  { store_id }: Store,
  request: RecentEventsRequest,
  asked: Asked = {},
  now = new Date(),
): Promise<RecentEventsAnswer> {
  const { status, before, limit, ...given } = recentEventsRequest.parse(request)
  const { kind = '', protocol = '', name = '', code = '', search = '' } = given
  const [at, id] = before ? [before.slice(0, 24), before.slice(25)] : [new Date(+now + hour).toISOString(), last]
  const place = { store_id, before_at: toClickHouse(new Date(at)), before_id: id, limit: limit + 1 }
  const wanted = { kind, protocol, name, code, search }
  for (const [turn, span] of windows.entries()) {
    const from = new Date(Math.min(Date.parse(at), +now) - span)
    const found = await look(warehouse, status, { ...place, ...wanted, from: toClickHouse(from) }, asked)
    if (found.length <= limit && turn < windows.length - 1) continue
    const page = found.slice(0, limit)
    const end = page.at(-1)
    const next = found.length > limit && end ? `${end.received_at}|${end.id}` : null
    return { results: page.filter(isFirst), meta: { from: from.toISOString(), next } }
  }
  throw new Error('There is no window to look at.')
}

async function look(warehouse: Warehouse, status: string, params: WindowParams, asked: Asked): Promise<RecentEvent[]> {
  const { kind, protocol, name, code } = params
  const accepted = status !== 'rejected' && code === ''
  const ofEvents = accepted && (kind === '' || kind === 'event') && protocol !== 'records'
  const ofRecords = accepted && kind !== 'event' && name === '' && (protocol === '' || protocol === 'records')
  const rows = await Promise.all([
    ofEvents ? eventsOf(warehouse, params, asked) : [],
    ofRecords ? recordsOf(warehouse, params, asked) : [],
    status === 'accepted' ? [] : rejectedOf(warehouse, params, asked),
  ])
  return rows.flat().sort(newestFirst).slice(0, params.limit)
}

async function eventsOf(warehouse: Warehouse, params: WindowParams, asked: Asked): Promise<RecentEvent[]> {
  const events = await acceptedEvents(warehouse, params, asked)
  const session = await sessionOf(warehouse, params.store_id, events, asked)
  return events.map((event) => {
    const { id, name, protocol, received_at, visitor_id, customer_id, order_id, payload, ...columns } = event
    const times = { timestamp: fromClickHouse(columns.timestamp), occurred_at: fromClickHouse(columns.occurred_at) }
    return {
      ...{
        ...nothing,
        id,
        status: 'accepted',
        kind: 'event',
        protocol,
        name,
        received_at: fromClickHouse(received_at),
      },
      ...{ visitor_id, customer_id, order_id, payload },
      understood: { ...columns, ...times, session: session(event) },
    }
  })
}

async function recordsOf(warehouse: Warehouse, params: WindowParams, asked: Asked): Promise<RecentEvent[]> {
  const records = await acceptedRecords(warehouse, params, asked)
  return records.map((record) => ({
    ...nothing,
    ...record,
    status: 'accepted',
    protocol: 'records',
    received_at: fromClickHouse(record.received_at),
  }))
}

async function rejectedOf(warehouse: Warehouse, params: WindowParams, asked: Asked): Promise<RecentEvent[]> {
  const rows = await rejectedRows(warehouse, params, asked)
  return rows.map((row) => ({ ...nothing, ...row, status: 'rejected', received_at: fromClickHouse(row.received_at) }))
}

const compare = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0)
const newestFirst = (a: RecentEvent, b: RecentEvent) => compare(a.received_at, b.received_at) || compare(a.id, b.id)

const isFirst = (row: RecentEvent, at: number, all: readonly RecentEvent[]) =>
  all.findIndex(
    ({ id, name, kind, status }) => id === row.id && name === row.name && kind === row.kind && status === row.status,
  ) === at
