/** The store a question is asked of: whose days, and whose money. */
export interface Store {
  store_id: string
  /** IANA name; it decides when a day begins. */
  time_zone: string
  /** ISO 4217. */
  currency: string
}
