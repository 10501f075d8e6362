import type { z } from 'zod'
import type { Store } from '../access/directory.ts'
import { contentHash } from '../content-hash.ts'
import { BadField } from '../events/field-problem.ts'
import type { Personal } from '../events/personal.ts'
import type { Table } from '../spool/tables.ts'
import { dayMs, toText } from '../time.ts'

export interface RecordArrival {
  store: Store
  personal: Personal
  /** By our clock, in milliseconds. */
  receivedAt: number
}

/** A kind of record: what a sender writes, and the row it becomes. */
export interface RecordKind<Schema extends z.ZodObject = z.ZodObject> {
  table: Table
  body: Schema
  /**
   * The columns that the sender decides, without store, time of arrival and hash.
   * @throws BadField where a value contradicts the store
   */
  toColumns: (record: z.output<Schema>, arrival: RecordArrival) => Record<string, unknown> & { updated_at: string }
}

/** Keeps the type of a kind's schema. */
export const defineRecord = <Schema extends z.ZodObject>(kind: RecordKind<Schema>): RecordKind =>
  kind as unknown as RecordKind

/** @throws BadField that names both currencies */
export function inStoreCurrency(currency: string | null | undefined, store: Store): string {
  if (!currency || currency === store.currency) return store.currency
  throw new BadField('other_currency', 'currency', `is ${currency}, the store's currency is ${store.currency}`)
}

/**
 * The line of a row. The hash is of everything but the time of arrival, so of two versions with one `updated_at` the
 * same one stands wherever they meet.
 * @throws BadField
 */
export function writeLine<Schema extends z.ZodObject>(
  kind: RecordKind<Schema>,
  record: z.output<Schema>,
  arrival: RecordArrival,
): string {
  const columns = kind.toColumns(record, arrival)
  // A version from the future would shut out every later one.
  if (columns.updated_at > toText(arrival.receivedAt + dayMs)) {
    throw new BadField('time_in_future', 'updated_at', 'lies more than a day in the future')
  }
  const content = JSON.stringify({ store_id: arrival.store.store_id, ...columns })
  return `${content.slice(0, -1)},"received_at":"${toText(arrival.receivedAt)}","content_hash":"${contentHash(content)}"}`
}
