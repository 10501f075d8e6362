/** How a value is written to ingest. */
export type ValueType = 'text' | 'id' | 'number' | 'integer' | 'instant' | 'day' | 'boolean'

export interface OutputKind {
  fields: Record<string, ValueType>
  required: string[]
  /** Of each line, where the kind has lines. */
  lines?: { fields: Record<string, ValueType>; required: string[] }
}

export const outputNames = ['events', 'orders', 'refunds', 'products', 'spend'] as const
export type OutputName = (typeof outputNames)[number]

/** What a mapping can fill: the kinds of record of the write API, and events. */
export const outputKinds: Record<OutputName, OutputKind> = {
  events: {
    fields: {
      name: 'text',
      message_id: 'id',
      timestamp: 'instant',
      visitor_id: 'id',
      customer_id: 'id',
      session_id: 'id',
      url: 'text',
      title: 'text',
      referrer: 'text',
    },
    required: ['name', 'message_id', 'timestamp', 'visitor_id'],
  },
  orders: {
    fields: {
      order_id: 'id',
      status: 'text',
      raw_status: 'text',
      type: 'text',
      customer_id: 'id',
      visitor_id: 'id',
      session_id: 'id',
      placed_at: 'instant',
      paid_at: 'instant',
      shipped_at: 'instant',
      delivered_at: 'instant',
      estimated_delivery_at: 'instant',
      cancelled_at: 'instant',
      currency: 'text',
      gross: 'number',
      discount: 'number',
      shipping: 'number',
      tax: 'number',
      paid: 'number',
      coupon: 'text',
      province: 'text',
      payment_method: 'text',
      carrier: 'text',
      channel: 'text',
      campaign: 'text',
      updated_at: 'instant',
    },
    required: ['order_id', 'status', 'placed_at', 'gross', 'updated_at'],
    lines: {
      fields: {
        line_no: 'integer',
        sku: 'id',
        name: 'text',
        category: 'text',
        quantity: 'integer',
        price: 'number',
        discount: 'number',
      },
      required: ['line_no', 'sku', 'quantity', 'price'],
    },
  },
  refunds: {
    fields: {
      refund_id: 'id',
      order_id: 'id',
      customer_id: 'id',
      refunded_at: 'instant',
      amount: 'number',
      currency: 'text',
      reason: 'text',
      raw_reason: 'text',
      updated_at: 'instant',
    },
    required: ['refund_id', 'refunded_at', 'amount', 'updated_at'],
    lines: {
      fields: { line_no: 'integer', sku: 'id', quantity: 'integer', amount: 'number' },
      required: ['sku', 'quantity', 'amount'],
    },
  },
  products: {
    fields: {
      sku: 'id',
      name: 'text',
      category: 'text',
      brand: 'text',
      price: 'number',
      cost: 'number',
      url: 'text',
      image_url: 'text',
      status: 'text',
      updated_at: 'instant',
    },
    required: ['sku', 'updated_at'],
  },
  spend: {
    fields: {
      day: 'day',
      channel: 'text',
      campaign: 'text',
      amount: 'number',
      currency: 'text',
      impressions: 'integer',
      clicks: 'integer',
      updated_at: 'instant',
    },
    required: ['day', 'channel', 'amount', 'currency'],
  },
}
