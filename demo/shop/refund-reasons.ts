/** Why goods come back; the words that ingest knows. */
export type RefundReason =
  | 'quality'
  | 'not_as_described'
  | 'size'
  | 'late'
  | 'changed_mind'
  | 'damaged'
  | 'wrong_item'
  | 'other'
