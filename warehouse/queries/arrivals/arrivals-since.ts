import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, defineQuery } from '../../define-query.ts'
import { fromClickHouse, toClickHouse } from '../../instant.ts'
import { type Arrival, type Signal, signals } from './contract.ts'

const records: readonly [signal: Signal, table: string, where?: string][] = [
  ['orders', 'orders', `AND source = 'ledger'`],
  ['refunds', 'refunds'],
  ['products', 'products'],
  ['inventory', 'inventory'],
  ['spend', 'ad_spend'],
  ['tickets', 'tickets'],
  ['reviews', 'reviews'],
]

const since = `store_id = {store_id:String} AND inserted_at >= {since:DateTime64(3, 'UTC')}`

const arrivals = defineQuery({
  name: 'arrivals',
  params: z.object({ store_id: z.string(), since: z.string() }),
  row: z.object({ signal: z.enum(signals), first: z.string(), last: z.string(), arrived: z.number() }),
  sql: `
    SELECT toString(protocol) AS signal, min(received_at) AS first, max(received_at) AS last, count() AS arrived
    FROM events
    WHERE ${since} AND protocol IN ('segment', 'ga4', 'tracker')
    GROUP BY protocol
    ${records
      .map(
        ([signal, table, where = '']) => `
    UNION ALL
    SELECT '${signal}', min(received_at), max(received_at), count() AS arrived
    FROM ${table}
    WHERE ${since} ${where}
    HAVING arrived > 0`,
      )
      .join('')}`,
})

/** The arrivals since a moment of which there are some. */
export type ArrivalsSince = ReadonlyMap<Signal, { first: string; last: string; arrived: number }>

/** Reads what has arrived since a moment by each way in: little when it is recent, a column of every event when it is not. */
export async function arrivalsSince(
  warehouse: Warehouse,
  store_id: string,
  moment: Date,
  asked: Asked = {},
): Promise<ArrivalsSince> {
  const rows = await arrivals(warehouse, { store_id, since: toClickHouse(moment) }, asked)
  return new Map(
    rows.map(({ signal, first, last, arrived }) => [
      signal,
      { first: fromClickHouse(first), last: fromClickHouse(last), arrived },
    ]),
  )
}

/** Of all time and of the last 24 hours; what is known of all time may be older than what is known of today. */
export function joinArrivals(ever: ArrivalsSince, today: ArrivalsSince): Arrival[] {
  return signals.map((signal) => {
    const [all, recent] = [ever.get(signal), today.get(signal)]
    return {
      signal,
      first: all?.first ?? recent?.first ?? null,
      last: recent?.last ?? all?.last ?? null,
      last_day: recent?.arrived ?? 0,
    }
  })
}
