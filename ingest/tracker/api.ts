/** How the tracker is put in; the attributes of the script tag, `data-consent` and so on, say the same. */
export interface Options {
  /** A write key: public. */
  key: string
  /** Where ingest is, as in `https://in.example.com`. */
  host: string
  /** Nothing is stored and nothing sent before `consent(true)`. */
  consent?: 'required'
  /** Nothing is kept in the browser; ingest makes a visitor's id that is another one each day. */
  cookieless?: boolean
  /** Navigation within a page is a page view; false when the shop calls `page` itself. */
  spa?: boolean
  heatmap?: boolean
  vitals?: boolean
  outbound?: boolean
}

/** One product of an event, in GA4's words. */
export interface Item {
  item_id: string
  item_name?: string
  item_category?: string
  /** Of a unit as sold, after its discounts. */
  price?: number | string
  quantity?: number
  [more: string]: unknown
}

/** Of a shop's event, in GA4's words. */
export interface Commerce {
  items?: Item[]
  currency?: string
  /** Goods after discounts, without shipping and tax. */
  value?: number | string
  [more: string]: unknown
}

export interface Purchase extends Commerce {
  transaction_id: string
  shipping?: number | string
  tax?: number | string
  coupon?: string
}

type Properties = Record<string, unknown>

/** What a shop's page may call. */
export interface Guanlan {
  /** A page view; the first one is counted anyway. */
  page(properties?: Properties & { page_type?: string; variant?: string }): void
  track(name: string, properties?: Properties): void
  identify(customerId: string, traits?: Properties): void
  /** What the visitor answered. No is kept too, unless nothing may be. */
  consent(granted: boolean): void
  /** Another person from now on: after a logout. */
  reset(): void
  viewItem(properties: Commerce): void
  viewItemList(properties: Commerce & { item_list_name?: string }): void
  addToCart(properties: Commerce): void
  removeFromCart(properties: Commerce): void
  beginCheckout(properties: Commerce): void
  addPaymentInfo(properties: Commerce & { payment_type?: string }): void
  purchase(properties: Purchase): void
  search(properties: Properties & { search_term: string }): void
}
