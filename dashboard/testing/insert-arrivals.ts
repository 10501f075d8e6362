import type { Warehouse } from '@guanlan/warehouse/client'

/** A moment so many seconds ago, as ClickHouse writes it. */
const secondsAgo = (seconds: number): string =>
  new Date(Date.now() - seconds * 1000).toISOString().replace('T', ' ').slice(0, 23)

/** An event that has just arrived, as ingest writes it. */
export async function insertEvent(
  warehouse: Warehouse,
  store_id: string,
  event: Record<string, unknown>,
): Promise<void> {
  const now = secondsAgo(0)
  const values = [
    {
      ...{ store_id, name: 'page_view', visitor_id: 'v1', protocol: 'segment' },
      ...{ timestamp: now, occurred_at: now, received_at: now },
      ...event,
    },
  ]
  await warehouse.insert({ table: 'events', values, format: 'JSONEachRow' })
}

/** Something that has just been rejected. */
export async function insertRejected(
  warehouse: Warehouse,
  store_id: string,
  row: Record<string, unknown>,
): Promise<void> {
  const received_at = secondsAgo(0)
  const values = [{ store_id, received_at, kind: 'event', protocol: 'segment', payload: '{}', ...row }]
  await warehouse.insert({ table: 'rejected_events', values, format: 'JSONEachRow' })
}
