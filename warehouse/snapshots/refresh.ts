import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../client.ts'
import { defineQuery } from '../define-query.ts'
import { runCohorts } from '../queries/cohorts/run-cohorts.ts'
import { toParam } from '../queries/period.ts'
import { runRepurchase } from '../queries/repurchase/run-repurchase.ts'
import { runReturns } from '../queries/returns/run-returns.ts'
import { runRfm } from '../queries/rfm/run-rfm.ts'
import type { Store } from '../queries/store.ts'
import { readClock } from '../rollups/execute.ts'

const asked = { by: 'jobs' }
/** Months of customers, of a snapshot's repurchase and cohorts. */
const months = 36
const rfmDays = 365
const returnDays = 400
const customersAtOnce = 10_000

// What was placed since as_of changes nothing as of then, unless it left the time before.
const standing = defineQuery({
  name: 'customer_snapshot_state',
  params: z.object({ store_id: z.string(), as_of: z.string(), time_zone: z.string() }),
  row: z.object({ changed: z.coerce.boolean(), first: z.string() }),
  sql: `
    WITH (
      SELECT max(version) FROM customer_snapshots
      WHERE store_id = {store_id:String} AND as_of = {as_of:DateTime64(3, 'UTC')} AND time_zone = {time_zone:String}
    ) AS made_at
    SELECT
      toYear(made_at) = 1970 OR max(touched_at) > made_at - INTERVAL 10 SECOND AS changed,
      toString(min(first_at)) AS first
    FROM (
      SELECT max(inserted_at) AS touched_at, min(placed_at) AS first_at FROM orders
      WHERE store_id = {store_id:String} AND placed_at < {as_of:DateTime64(3, 'UTC')}
      HAVING count() > 0
      UNION ALL
      SELECT max(inserted_at), min(refunded_at) FROM refunds
      WHERE store_id = {store_id:String} AND refunded_at <= {as_of:DateTime64(3, 'UTC')}
      HAVING count() > 0
      UNION ALL
      SELECT max(version), min(assumeNotNull(left_at)) FROM attribution_changes
      WHERE store_id = {store_id:String} AND left_at < {as_of:DateTime64(3, 'UTC')}
      HAVING count() > 0
    )
    HAVING max(touched_at) > toDateTime64(0, 3)`,
})

interface Snapshot {
  store: Store
  asOf: DateTime
  from: DateTime
  /** The columns that every row begins with. */
  head: { store_id: string; as_of: string; version: string }
  hold: () => Promise<void>
}

const iso = (at: DateTime) => at.toISO() ?? ''

async function repurchase(warehouse: Warehouse, { store, asOf, from, head, hold }: Snapshot) {
  const rows = []
  for (let month = from; month < asOf; month = month.plus({ months: 1 })) {
    for (const basis of ['first_order', 'period_buyers'] as const) {
      await hold()
      const { store_id } = store
      const period = { from: iso(month), to: iso(month.plus({ months: 1 })) }
      const { results } = await runRepurchase(warehouse, store, { store_id, ...period, basis, as_of: iso(asOf) }, asked)
      rows.push(
        ...results.map(({ window_days, eligible, repurchased }) => ({
          ...{ ...head, month: month.toISODate(), basis },
          ...{ window_days, eligible, repurchased },
        })),
      )
    }
  }
  return rows
}

async function cohorts(warehouse: Warehouse, { store, asOf, from, head }: Snapshot) {
  const request = { store_id: store.store_id, from: iso(from), to: iso(asOf), as_of: iso(asOf) }
  const { results } = await runCohorts(warehouse, store, request, asked)
  return results.map(({ cohort, ...row }) => ({ ...head, cohort: `${cohort}-01`, ...row }))
}

async function returns(warehouse: Warehouse, { store, asOf, head }: Snapshot) {
  const from = asOf.minus({ days: returnDays })
  const request = { store_id: store.store_id, from: iso(from), to: iso(asOf), as_of: iso(asOf) }
  const { days } = await runReturns(warehouse, store, request, asked)
  const isEmpty = ({ paid_orders, refunds }: (typeof days)[number]) => paid_orders === 0 && refunds === 0
  return days
    .filter((row) => !isEmpty(row))
    .map(({ day, matured, paid_orders, returned_orders, paid_gmv, returned_amount, refunds, refund_amount }) => ({
      ...{ ...head, day, matured, paid_orders, returned_orders },
      ...{ paid_gmv, returned_amount, refunds, refund_amount },
    }))
}

async function writeRfm(warehouse: Warehouse, { store, asOf, head, hold }: Snapshot): Promise<void> {
  const period = { from: iso(asOf.minus({ days: rfmDays })), to: iso(asOf), as_of: iso(asOf) }
  for (let offset = 0; ; offset += customersAtOnce) {
    await hold()
    const page = { per: 'customer' as const, limit: customersAtOnce, offset }
    const { results } = await runRfm(warehouse, store, { store_id: store.store_id, ...period, ...page }, asked)
    await insert(
      warehouse,
      'rfm_snapshots',
      results.map((row) => ({ ...head, ...row })),
    )
    if (results.length < customersAtOnce) return
  }
}

const insert = (warehouse: Warehouse, table: string, values: object[]) =>
  values.length === 0 ? undefined : warehouse.insert({ table, values, format: 'JSONEachRow' })

const tables = ['repurchase_snapshots', 'cohort_snapshots', 'rfm_snapshots', 'return_snapshots'] as const

/**
 * Writes what is known of a store's customers as of its last midnight: repurchase by month, cohorts, RFM a customer and
 * returns by day, by the same queries that answer people. Nothing is written when no order or refund of the time before has changed since.
 * @param hold is asked between the steps; throwing it ends the work, and nothing half made counts
 * @returns whether a snapshot was written
 */
export async function refreshSnapshots(
  warehouse: Warehouse,
  store: Store,
  hold: () => Promise<void>,
): Promise<boolean> {
  const version = await readClock(warehouse)
  const now = DateTime.fromSQL(version, { zone: 'utc' }).setZone(store.time_zone)
  const asOf = now.startOf('day')
  const { store_id, time_zone } = store
  const head = { store_id, as_of: toParam(asOf), version }
  const [state] = await standing(warehouse, { store_id, as_of: head.as_of, time_zone })
  if (!state?.changed) return false
  const first = DateTime.fromSQL(state.first, { zone: 'utc' }).setZone(time_zone)
  const from = DateTime.max(first, asOf.minus({ months: months - 1 })).startOf('month')
  const snapshot: Snapshot = { store, asOf, from, head, hold }
  if (first < asOf) {
    await insert(warehouse, 'repurchase_snapshots', await repurchase(warehouse, snapshot))
    await insert(warehouse, 'cohort_snapshots', await cohorts(warehouse, snapshot))
    await insert(warehouse, 'return_snapshots', await returns(warehouse, snapshot))
    await writeRfm(warehouse, snapshot)
  }
  const { as_of } = head
  await warehouse.insert({
    table: 'customer_snapshots',
    values: [{ store_id, as_of, time_zone, version }],
    format: 'JSONEachRow',
  })
  for (const table of tables) {
    await warehouse.command({
      query: `DELETE FROM ${table} WHERE store_id = {store_id:String} AND as_of = {as_of:DateTime64(3, 'UTC')} AND version < {version:DateTime64(6, 'UTC')}`,
      query_params: head,
    })
  }
  return true
}
