/** Segment's e-commerce names and their GA4 equivalents, which are the canonical ones. */
const canonical: ReadonlyMap<string, string> = new Map([
  ['page viewed', 'page_view'],
  ['products searched', 'search'],
  ['product list viewed', 'view_item_list'],
  ['product clicked', 'select_item'],
  ['product viewed', 'view_item'],
  ['product added', 'add_to_cart'],
  ['product removed', 'remove_from_cart'],
  ['product added to wishlist', 'add_to_wishlist'],
  ['cart viewed', 'view_cart'],
  ['checkout started', 'begin_checkout'],
  ['shipping info entered', 'add_shipping_info'],
  ['payment info entered', 'add_payment_info'],
  ['order completed', 'purchase'],
  ['order refunded', 'refund'],
  ['promotion viewed', 'view_promotion'],
  ['promotion clicked', 'select_promotion'],
  ['product shared', 'share'],
  ['cart shared', 'share'],
  ['signed up', 'sign_up'],
  ['signed in', 'login'],
])

/** The canonical name of an event; one that has none keeps its own. */
export const canonicalName = (name: string): string => canonical.get(name.toLowerCase()) ?? name
