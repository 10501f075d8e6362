/**
 * Why an event or a record is refused, or kept without what it should have made: every `code` of `rejected_events`.
 * Ingest can write no other, and the dashboard has words for each.
 */
export const rejectionCodes = [
  'missing_field',
  'invalid_field',
  'too_long',
  'too_large',
  'too_many_properties',
  'invalid_time',
  'time_out_of_range',
  'time_in_future',
  'invalid_amount',
  'invalid_quantity',
  'invalid_id',
  'invalid_item',
  'invalid_items',
  'too_many_items',
  'invalid_currency',
  'other_currency',
  'purchase_without_order_id',
  'purchase_without_value',
  'not_json',
  'refused_by_warehouse',
  'changed_meanwhile',
] as const
export type RejectionCode = (typeof rejectionCodes)[number]
