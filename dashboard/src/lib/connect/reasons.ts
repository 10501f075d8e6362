import type { RejectionCode } from '@guanlan/warehouse/rejection-codes'
import { m } from '#lib/paraglide/messages.js'

/** A reason for which something is rejected, in words: what it is called, what it means, what to do. */
interface Reason {
  title: () => string
  text: () => string
  fix: () => string
}

/** Words for every code that ingest can write. */
export const reasons: Record<RejectionCode, Reason> = {
  missing_field: {
    title: m.connect_code_missing_field_title,
    text: m.connect_code_missing_field_text,
    fix: m.connect_code_missing_field_fix,
  },
  invalid_field: {
    title: m.connect_code_invalid_field_title,
    text: m.connect_code_invalid_field_text,
    fix: m.connect_code_invalid_field_fix,
  },
  too_long: {
    title: m.connect_code_too_long_title,
    text: m.connect_code_too_long_text,
    fix: m.connect_code_too_long_fix,
  },
  too_large: {
    title: m.connect_code_too_large_title,
    text: m.connect_code_too_large_text,
    fix: m.connect_code_too_large_fix,
  },
  too_many_properties: {
    title: m.connect_code_too_many_properties_title,
    text: m.connect_code_too_many_properties_text,
    fix: m.connect_code_too_many_properties_fix,
  },
  invalid_time: {
    title: m.connect_code_invalid_time_title,
    text: m.connect_code_invalid_time_text,
    fix: m.connect_code_invalid_time_fix,
  },
  time_out_of_range: {
    title: m.connect_code_time_out_of_range_title,
    text: m.connect_code_time_out_of_range_text,
    fix: m.connect_code_time_out_of_range_fix,
  },
  time_in_future: {
    title: m.connect_code_time_in_future_title,
    text: m.connect_code_time_in_future_text,
    fix: m.connect_code_time_in_future_fix,
  },
  invalid_amount: {
    title: m.connect_code_invalid_amount_title,
    text: m.connect_code_invalid_amount_text,
    fix: m.connect_code_invalid_amount_fix,
  },
  invalid_quantity: {
    title: m.connect_code_invalid_quantity_title,
    text: m.connect_code_invalid_quantity_text,
    fix: m.connect_code_invalid_quantity_fix,
  },
  invalid_id: {
    title: m.connect_code_invalid_id_title,
    text: m.connect_code_invalid_id_text,
    fix: m.connect_code_invalid_id_fix,
  },
  invalid_item: {
    title: m.connect_code_invalid_item_title,
    text: m.connect_code_invalid_item_text,
    fix: m.connect_code_invalid_item_fix,
  },
  invalid_items: {
    title: m.connect_code_invalid_items_title,
    text: m.connect_code_invalid_items_text,
    fix: m.connect_code_invalid_items_fix,
  },
  too_many_items: {
    title: m.connect_code_too_many_items_title,
    text: m.connect_code_too_many_items_text,
    fix: m.connect_code_too_many_items_fix,
  },
  invalid_currency: {
    title: m.connect_code_invalid_currency_title,
    text: m.connect_code_invalid_currency_text,
    fix: m.connect_code_invalid_currency_fix,
  },
  other_currency: {
    title: m.connect_code_other_currency_title,
    text: m.connect_code_other_currency_text,
    fix: m.connect_code_other_currency_fix,
  },
  purchase_without_order_id: {
    title: m.connect_code_purchase_without_order_id_title,
    text: m.connect_code_purchase_without_order_id_text,
    fix: m.connect_code_purchase_without_order_id_fix,
  },
  purchase_without_value: {
    title: m.connect_code_purchase_without_value_title,
    text: m.connect_code_purchase_without_value_text,
    fix: m.connect_code_purchase_without_value_fix,
  },
  not_json: {
    title: m.connect_code_not_json_title,
    text: m.connect_code_not_json_text,
    fix: m.connect_code_not_json_fix,
  },
  refused_by_warehouse: {
    title: m.connect_code_refused_by_warehouse_title,
    text: m.connect_code_refused_by_warehouse_text,
    fix: m.connect_code_refused_by_warehouse_fix,
  },
  changed_meanwhile: {
    title: m.connect_code_changed_meanwhile_title,
    text: m.connect_code_changed_meanwhile_text,
    fix: m.connect_code_changed_meanwhile_fix,
  },
}

const unknown: Reason = {
  title: m.connect_code_unknown_title,
  text: m.connect_code_unknown_text,
  fix: m.connect_code_unknown_fix,
}

/** The words of a code; of one that is not known here, as a newer ingest may write, that it is not. */
export const reasonOf = (code: string): Reason =>
  Object.hasOwn(reasons, code) ? reasons[code as RejectionCode] : unknown
