import { z } from 'zod'
import { defineQuery } from '../../define-query.ts'
import { matching, newestIn, windowParams } from './window.ts'

interface Kept {
  kind: string
  table: string
  id: string
  /** Where the table has such a column. */
  customer_id?: 'customer_id'
  order_id?: 'order_id'
  visitor_id?: 'visitor_id'
  where?: string
}

/** Where each kind of record is kept, and what names one. */
const kept: readonly Kept[] = [
  {
    ...{ kind: 'orders', table: 'orders', id: 'order_id', where: `AND source = 'ledger'` },
    ...{ customer_id: 'customer_id', order_id: 'order_id', visitor_id: 'visitor_id' },
  },
  { kind: 'refunds', table: 'refunds', id: 'refund_id', customer_id: 'customer_id', order_id: 'order_id' },
  { kind: 'products', table: 'products', id: 'sku' },
  { kind: 'inventory', table: 'inventory', id: `concat(sku, if(location = '', '', ' @ '), location)` },
  { kind: 'spend', table: 'ad_spend', id: `concat(toString(day), ' ', channel, ' ', campaign)` },
  { kind: 'tickets', table: 'tickets', id: 'ticket_id', customer_id: 'customer_id', order_id: 'order_id' },
  { kind: 'reviews', table: 'reviews', id: 'review_id', customer_id: 'customer_id', order_id: 'order_id' },
]

const one = ({ kind, table, id, customer_id, order_id, visitor_id, where = '' }: Kept) => {
  const names = [id, customer_id, order_id, visitor_id].filter((column) => column !== undefined)
  const found = [...new Set(names)].map((column) => `${column} = {search:String}`).join(' OR ')
  return `
    SELECT ${id} AS id, '${kind}' AS kind, received_at, ${visitor_id ?? `''`} AS visitor, ${customer_id ?? `''`} AS customer,
      ${order_id ?? `''`} AS "order", formatRowNoNewline('JSONEachRow', * EXCEPT (store_id, content_hash, version, inserted_at)) AS payload
    FROM ${newestIn(table, id, `AND ({kind:String} = '' OR {kind:String} = '${kind}') ${where} ${matching('search', found)}`)}`
}

/** Records of the window as they are kept, newest arrival first. */
export const acceptedRecords = defineQuery({
  name: 'recent_accepted_records',
  params: windowParams,
  row: z.object({
    id: z.string(),
    kind: z.string(),
    received_at: z.string(),
    visitor_id: z.string(),
    customer_id: z.string(),
    order_id: z.string(),
    payload: z.string(),
  }),
  sql: `
    SELECT id, kind, received_at, visitor AS visitor_id, customer AS customer_id, "order" AS order_id, payload
    FROM (${kept.map((each) => `SELECT * FROM (${one(each)})`).join(' UNION ALL ')})
    ORDER BY received_at DESC, id DESC
    LIMIT {limit:UInt32}`,
})
