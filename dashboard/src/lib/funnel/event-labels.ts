import { m } from '#lib/paraglide/messages.js'

/** What GA4's events are called; others go by their own name. */
const labels: Record<string, () => string> = {
  $click: m.funnel_event_click,
  page_view: m.funnel_event_page_view,
  view_item_list: m.funnel_event_view_item_list,
  select_item: m.funnel_event_select_item,
  view_item: m.funnel_event_view_item,
  add_to_wishlist: m.funnel_event_add_to_wishlist,
  add_to_cart: m.funnel_event_add_to_cart,
  remove_from_cart: m.funnel_event_remove_from_cart,
  view_cart: m.funnel_event_view_cart,
  begin_checkout: m.funnel_event_begin_checkout,
  add_shipping_info: m.funnel_event_add_shipping_info,
  add_payment_info: m.funnel_event_add_payment_info,
  purchase: m.funnel_event_purchase,
  refund: m.funnel_event_refund,
  search: m.funnel_event_search,
  view_promotion: m.funnel_event_view_promotion,
  select_promotion: m.funnel_event_select_promotion,
  share: m.funnel_event_share,
  sign_up: m.funnel_event_sign_up,
  login: m.funnel_event_login,
}

/** An event as people call it; its name where it has no other. */
export const eventLabel = (name: string): string => (Object.hasOwn(labels, name) ? labels[name]?.() : undefined) ?? name
