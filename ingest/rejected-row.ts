import type { RejectionCode } from '@guanlan/warehouse/rejection-codes'

/** A row of `rejected_events`. */
export interface RejectedRow {
  store_id: string
  rejected_id: string
  received_at: string
  /** event, or the kind of record */
  kind: string
  protocol: string
  code: RejectionCode
  /** The field, as in `properties.products[0].price`. */
  path: string
  message: string
  /** JSON as received, personal data masked. */
  payload: string
}

/** What a payload may weigh: a refused megabyte explains itself in its first bytes. */
const longestPayload = 32 * 1024

/** Bounds the texts of a rejected row. */
export const boundRejected = (row: RejectedRow): RejectedRow => ({
  ...row,
  path: row.path.slice(0, 500),
  message: row.message.slice(0, 1000),
  payload: row.payload.slice(0, longestPayload),
})
