import type { ScriptOptions } from './script-options.ts'

/** What the code of a snippet is filled in with. */
export interface Filling {
  /** Where ingest is for who sends, without a slash at its end. */
  ingest: string
  /** The public key, or what stands in for it. */
  write_key: string
  store_id: string
  currency: string
  time_zone: string
  /** A moment of today, for records that need one; ISO 8601. */
  now: string
  script: ScriptOptions
}

const product = `{ sku: 'CUP-BLUE', name: '保温杯 蓝色', price: 99.9, quantity: 2 }`

/** To be called by what asks the visitor. */
const consentCode = `<script>
  window.guanlan ||= { q: [] }
  const onAnswer = (isGiven) => guanlan.q.push(['consent', isGiven])
</script>`

const item = `{ item_id: 'CUP-BLUE', item_name: '保温杯 蓝色', price: 99.9, quantity: 2 }`

/** The tracker, in the head of every page. It sends where it came from; an address with a path has to be told. */
export const scriptSnippet = ({ ingest, write_key, script: { version, consent, cookieless } }: Filling): string => {
  const attributes = [
    `src="${ingest}${version?.path ?? '/g.js'}"`,
    ...(version ? [`integrity="${version.integrity}"`, 'crossorigin="anonymous"'] : []),
    `data-key="${write_key}"`,
    ...(new URL(ingest).pathname === '/' ? [] : [`data-host="${ingest}"`]),
    ...(consent ? ['data-consent="required"'] : []),
    ...(cookieless ? ['data-cookieless'] : []),
  ]
  return `<script defer ${attributes.join(version ? '\n  ' : ' ')}></script>${consent ? `\n\n${consentCode}` : ''}`
}

/** What a page's policy must allow; the tracker has nothing inline and evaluates nothing. */
export const policySnippet = ({ ingest }: Filling): string => {
  const { origin } = new URL(ingest)
  return `Content-Security-Policy: script-src 'self' ${origin}; connect-src 'self' ${origin}`
}

/** What a shop's pages call, whether or not the tracker is there yet. */
export const scriptEventsSnippet = ({ currency }: Filling): string => `window.guanlan ||= { q: [] }
const items = [${item}]

guanlan.q.push(['viewItem', { currency: '${currency}', value: 99.9, items }])
guanlan.q.push(['addToCart', { currency: '${currency}', value: 199.8, items }])
guanlan.q.push(['beginCheckout', { currency: '${currency}', value: 199.8, items }])
guanlan.q.push(['purchase', { transaction_id: '1001', currency: '${currency}', value: 199.8, items }])`

/** Segment's own browser library; its settings stand here, so that it asks nobody else for them. */
export const segmentBrowserSnippet = ({ ingest, write_key }: Filling): string => {
  const { protocol, host, pathname } = new URL(ingest)
  return `import { AnalyticsBrowser } from '@segment/analytics-next'

const writeKey = '${write_key}'

export const analytics = AnalyticsBrowser.load({
  writeKey,
  cdnSettings: {
    integrations: {
      'Segment.io': {
        apiKey: writeKey,
        apiHost: '${host}${pathname === '/' ? '' : pathname}/v1',
        protocol: '${protocol.slice(0, -1)}',
      },
    },
  },
})

analytics.page()
analytics.track('Product Added', ${product})`
}

/** Segment's library for Node. */
export const segmentNodeSnippet = ({
  ingest,
  write_key,
  currency,
}: Filling): string => `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: '${write_key}', host: '${ingest}' })

analytics.track({
  userId: 'customer-1',
  event: 'Order Completed',
  properties: {
    order_id: '1001', value: 199.8, currency: '${currency}',
    products: [${product}],
  },
})
await analytics.closeAndFlush()`

/** One event from a terminal. */
export const curlSnippet = ({ ingest, write_key }: Filling): string => `curl ${ingest}/v1/page \\
  -u '${write_key}:' -H 'content-type: application/json' \\
  -d '{"anonymousId":"me","properties":{"path":"/","url":"https://shop.example/"}}'`

/** GA4's Measurement Protocol: the host of Google's changed, nothing else. */
export const ga4Snippet = ({
  ingest,
  write_key,
  store_id,
  currency,
}: Filling): string => `curl '${ingest}/mp/collect?measurement_id=${store_id}&api_secret=${write_key}' \\
  -H 'content-type: application/json' \\
  -d '{
    "client_id": "1234567890.1700000000",
    "events": [{
      "name": "purchase",
      "params": {
        "transaction_id": "1001", "value": 199.8, "currency": "${currency}",
        "items": [{ "item_id": "CUP-BLUE", "item_name": "保温杯 蓝色", "price": 99.9, "quantity": 2 }]
      }
    }]
  }'`

const records = (
  { ingest, store_id }: Filling,
  kind: string,
  body: string,
) => `curl '${ingest}/v1/records/${kind}?store_id=${store_id}' \\
  -H "authorization: Bearer $SERVER_KEY" \\
  -H 'content-type: application/json' \\
  -d '[${body}]'`

/** Orders with their lines, of a shop's back end. */
export const ordersSnippet = (filling: Filling): string =>
  records(
    filling,
    'orders',
    `{
    "order_id": "1001", "status": "paid", "customer_id": "customer-1", "currency": "${filling.currency}",
    "placed_at": "${filling.now}", "paid_at": "${filling.now}",
    "gross": 199.8, "shipping": 8, "updated_at": "${filling.now}",
    "lines": [{ "line_no": 1, "sku": "CUP-BLUE", "name": "保温杯 蓝色", "quantity": 2, "price": 99.9 }]
  }`,
  )

/** Refunds of a shop's back end. */
export const refundsSnippet = (filling: Filling): string =>
  records(
    filling,
    'refunds',
    `{
    "refund_id": "R-1", "order_id": "1001", "customer_id": "customer-1", "currency": "${filling.currency}",
    "refunded_at": "${filling.now}", "amount": 99.9, "reason": "size", "updated_at": "${filling.now}",
    "lines": [{ "sku": "CUP-BLUE", "quantity": 1, "amount": 99.9 }]
  }`,
  )

/** Orders and refunds from Node. */
export const recordsNodeSnippet = ({
  ingest,
  store_id,
  currency,
  now,
}: Filling): string => `const send = async (kind, records) => {
  const response = await fetch(\`${ingest}/v1/records/\${kind}?store_id=${store_id}\`, {
    method: 'POST',
    headers: { authorization: \`Bearer \${process.env.SERVER_KEY}\`, 'content-type': 'application/json' },
    body: JSON.stringify(records),
  })
  return response.json() // { accepted, rejected: [{ index, path, message }] }
}

console.log(await send('orders', [{
  order_id: '1001', status: 'paid', customer_id: 'customer-1', currency: '${currency}',
  placed_at: '${now}', paid_at: '${now}', gross: 199.8, updated_at: '${now}',
  lines: [{ line_no: 1, sku: 'CUP-BLUE', name: '保温杯 蓝色', quantity: 2, price: 99.9 }],
}]))
console.log(await send('refunds', [{
  refund_id: 'R-1', order_id: '1001', currency: '${currency}',
  refunded_at: '${now}', amount: 99.9, reason: 'size', updated_at: '${now}',
}]))`

/** The import of files, run where Guanlan is installed. */
export const importSnippet = ({
  ingest,
  store_id,
}: Filling): string => `npm run import -- my-shop.yaml orders.csv --dry-run
npm run import -- my-shop.yaml orders.csv --store ${store_id} --url ${ingest} --key "$SERVER_KEY"`

/** How the columns of an export become orders. */
export const mappingSnippet = ({ store_id, time_zone, currency }: Filling): string => `name: ${store_id}
store: { time_zone: ${time_zone}, currency: ${currency} }
dates: ['yyyy-MM-dd HH:mm:ss']
files:
  orders: {}
outputs:
  - to: orders
    from: orders
    group_by: 订单编号
    values:
      order_id: 订单编号
      status: { first: { column: 订单状态, map: { 已付款: paid, 已发货: fulfilled, 交易成功: completed, 交易关闭: cancelled } } }
      customer_id: { first: 买家 }
      placed_at: { min: 下单时间 }
      paid_at: { min: 付款时间 }
      gross: { sum: { multiply: [单价, 数量] } }
      updated_at: { file: modified }
    lines:
      values:
        line_no: { line_number: group }
        sku: 商家编码
        name: 商品名称
        quantity: 数量
        price: 单价`
