const day = 86_400_000
const channels = ['douyin', 'xiaohongshu', 'wecom', 'baidu', '']

/** Page views of so many visitors, spread evenly over the days before now, as bodies of `/v1/batch`. */
export function eventBatches(count: number, days: number, size = 500): string[] {
  const now = Date.now()
  const event = (index: number) => ({
    type: 'page',
    messageId: `bench-${index}`,
    anonymousId: `visitor-${index % 50_000}`,
    timestamp: new Date(now - ((count - index) / count) * days * day).toISOString(),
    context: {
      page: { url: `https://shop.example/p/${index % 500}`, path: `/p/${index % 500}` },
      campaign: { source: channels[index % channels.length] },
    },
  })
  return Array.from({ length: Math.ceil(count / size) }, (_, batch) =>
    JSON.stringify({
      batch: Array.from({ length: Math.min(size, count - batch * size) }, (_, index) => event(batch * size + index)),
    }),
  )
}

/** Paid orders of one line each, spread evenly over the days before now, as bodies of `/v1/records/orders`. */
export function orderBatches(count: number, days: number, size = 500): string[] {
  const now = Date.now()
  const order = (index: number) => {
    const at = new Date(now - ((count - index) / count) * days * day).toISOString()
    const line = { line_no: 1, sku: `p${index % 500}`, quantity: 1, price: '129.00' }
    return {
      order_id: `bench-${index}`,
      status: 'paid',
      customer_id: `customer-${index % 8000}`,
      placed_at: at,
      paid_at: at,
      updated_at: at,
      gross: '129.00',
      lines: [line],
    }
  }
  return Array.from({ length: Math.ceil(count / size) }, (_, batch) =>
    JSON.stringify(Array.from({ length: Math.min(size, count - batch * size) }, (_, i) => order(batch * size + i))),
  )
}
