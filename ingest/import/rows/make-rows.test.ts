import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { made } from '../testing.ts'

const orders = (extra = '') => `
name: shop
store: { time_zone: Asia/Shanghai, currency: CNY }
dates: ['yyyy-MM-dd HH:mm:ss']
${extra}
files: { lines: {} }
outputs:
  - to: orders
    from: lines
    filter: { not: { column: status, equals: 关闭 } }
    group_by: order
    values:
      order_id: order
      status: { first: { column: status, map: { 已付款: paid, 已完成: completed } } }
      customer_id: { first: buyer }
      placed_at: { min: at }
      gross: { sum: { multiply: [quantity, price] } }
      updated_at: { max: at }
    lines:
      values:
        line_no: { line_number: group }
        sku: sku
        quantity: quantity
        price: price
`
const heading = 'order,at,buyer,status,sku,quantity,price\n'

test('rows of one order need not stand together, and its sums are exact', async () => {
  const { rows, rejects, skipped, lines } = await made(orders(), {
    'lines.csv': `${heading}
B,2026-11-11 00:00:05,,已付款,s1,3,0.1
A,2026-11-11 10:00:00,li,已完成,s2,1,19.995
B,2026-11-11 00:00:01,wang,已付款,s2,1,0.2
C,2026-11-11 09:00:00,zhao,关闭,s1,1,5
`,
  })
  expect(rows.orders).toEqual([
    {
      currency: 'CNY',
      order_id: 'A',
      status: 'completed',
      customer_id: 'li',
      placed_at: '2026-11-11T02:00:00.000Z',
      gross: '19.995',
      updated_at: '2026-11-11T02:00:00.000Z',
      lines: [{ line_no: 1, sku: 's2', quantity: 1, price: '19.995' }],
    },
    {
      currency: 'CNY',
      order_id: 'B',
      status: 'paid',
      customer_id: 'wang',
      placed_at: '2026-11-10T16:00:01.000Z',
      // 3 × 0.1 + 0.2 is 0.5, and not 0.5000000000000001.
      gross: '0.5',
      updated_at: '2026-11-10T16:00:05.000Z',
      lines: [
        { line_no: 1, sku: 's1', quantity: 3, price: '0.1' },
        { line_no: 2, sku: 's2', quantity: 1, price: '0.2' },
      ],
    },
  ])
  expect({ rejects, skipped, lines }).toEqual({ rejects: [], skipped: { orders: 1 }, lines: 4 })
})

test('a bad line keeps its whole order out, whatever is wrong with it, and no other', async () => {
  const { rows, rejects } = await made(orders(), {
    'lines.csv': `${heading}A,2026-11-11 10:00:00,li,已付款,s1,1,5
A,2026-11-11 10:00:00,li,已付款,s2,1,five
B,2026-11-11 10:00:00,li,已付款,s1,1
B,2026-11-11 10:00:00,li,已付款,s2,1,5
C,2026-11-11 10:00:00,li,退款中,s1,1,5
D,2026-11-11 10:00:00,li,已付款,s1,1,5
,2026-11-11 10:00:00,li,已付款,s1,1,5
`,
  })
  expect(rows.orders?.map(({ order_id }) => order_id)).toEqual(['D'])
  expect(rejects).toEqual([
    'lines.csv:4 it has 6 columns, the heading has 7',
    'lines.csv:8 what it is grouped by is empty',
    'lines.csv:2 line 3: price: “five” is not a number',
    'lines.csv:3 line 3: price: “five” is not a number',
    'lines.csv:5 line 4 belongs with it and is bad: it has 6 columns, the heading has 7',
    'lines.csv:6 line 6: status: “退款中” is not in its map, which has no default',
  ])
})

test('semicolons and decimal commas', async () => {
  const { rows } = await made(orders("decimal: ','"), {
    'lines.csv': `${heading.replaceAll(',', ';')}A;2026-11-11 10:00:00;li;已付款;s1;2;1.234,50 €\n`,
  })
  expect(rows.orders?.[0]?.gross).toBe('2469')
})

test('GB18030 in gzip', async () => {
  const text = `${heading}A,2026-11-11 10:00:00,王芳,已付款,s1,2,¥12.50\n`
  const { rows } = await made(orders(), { 'lines.csv.gz': gzipSync(iconv.encode(text, 'gb18030')) })
  expect(rows.orders?.[0]).toMatchObject({ customer_id: '王芳', gross: '25', status: 'paid' })
})

test('several files of one kind are read one after the other, each with its own order of columns', async () => {
  const { rows } = await made(orders(), {
    'lines-1.csv': `${heading}A,2026-11-11 10:00:00,li,已付款,s1,1,5\n`,
    'lines-2.csv': 'price,quantity,sku,status,buyer,at,order\n7,1,s2,已付款,li,2026-11-11 10:00:00,A\n',
  })
  expect(rows.orders?.[0]).toMatchObject({ gross: '12', lines: [{ sku: 's1' }, { sku: 's2' }] })
})

const joined = `
name: shop
store: { time_zone: UTC, currency: EUR }
files:
  orders:
    match: 'orders*'
    join:
      items: { file: items, on: { id: order_id }, many: true }
      customer: { file: customers, on: customer }
  items:
    match: 'items*'
    join: { product: { file: products, on: [sku, shop] } }
  customers: { match: 'customers*', optional: true }
  products: { match: 'products*' }
outputs:
  - to: orders
    from: orders
    values:
      order_id: id
      status: { const: paid }
      customer_id: { first_of: [customer.person, customer] }
      placed_at: at
      gross: { sum: price, of: items, default: 0 }
      discount: { sum: price, of: items, where: { column: product.category, equals: gifts } }
      updated_at: at
    lines:
      of: items
      where: { column: price, gt: 0 }
      values:
        line_no: { line_number: group }
        sku: sku
        category: product.category
        quantity: { const: 1 }
        price: price
`.replace('on: [sku, shop]', 'on: { sku: sku, shop: store }')
const files = {
  'orders.csv': 'id,customer,at\n1,c1,2026-01-01T00:00:00Z\n2,c2,2026-01-02T00:00:00Z\n3,,2026-01-03T00:00:00Z\n',
  'items.csv': 'order_id,sku,shop,price\n2,s1,x,3\n1,s2,x,5\n1,s1,y,0\n1,s1,x,2.5\n',
  'products.csv': 'sku,store,category\ns1,x,gifts\ns1,y,toys\ns2,x,toys\n',
  'customers.csv': 'customer,person\nc1,p1\n',
}

test('files are joined by key, to one line and to many, through one another', async () => {
  const { rows, rejects } = await made(joined, files)
  expect(rejects).toEqual([])
  expect(rows.orders).toMatchObject([
    {
      order_id: '1',
      customer_id: 'p1',
      gross: '7.5',
      discount: '2.5',
      lines: [
        { line_no: 1, sku: 's2', category: 'toys', price: '5' },
        { line_no: 2, sku: 's1', category: 'gifts', price: '2.5' },
      ],
    },
    { order_id: '2', customer_id: 'c2', gross: '3', discount: '3', lines: [{ sku: 's1', category: 'gifts' }] },
    { order_id: '3', gross: '0', lines: [] },
  ])
  expect(rows.orders?.[2]).not.toHaveProperty('customer_id')
  expect(rows.orders?.[2]).not.toHaveProperty('discount')
})

test('an optional file may be left out, a needed one may not', async () => {
  const { 'customers.csv': _, ...rest } = files
  expect((await made(joined, rest)).rows.orders?.[0]).toMatchObject({ customer_id: 'c1' })
  const { 'products.csv': __, ...less } = files
  await expect(made(joined, less)).rejects.toThrow('The mapping needs products (products*) as well.')
})

test('a bad line of a joined file keeps out the orders that it belongs to', async () => {
  const items = `${files['items.csv']}2,s1,x\n`
  const { rows, rejects } = await made(joined, { ...files, 'items.csv': items })
  expect(rows.orders?.map(({ order_id }) => order_id)).toEqual(['1', '3'])
  expect(rejects).toEqual([
    'items.csv:6 it has 3 columns, the heading has 4',
    expect.stringMatching(/^orders\.csv:3 line 6 of .*items\.csv belongs to it and is bad: it has 3 columns/),
  ])
})

test('a spreadsheet’s rounded id is refused, not imported as another order', async () => {
  const { rejects } = await made(orders(), {
    'lines.csv': `${heading}1.23457E+18,2026-11-11 10:00:00,li,已付款,s1,1,5\n`,
  })
  expect(rejects).toEqual([
    'lines.csv:2 order: “1.23457E+18” was a longer number before a spreadsheet rounded it: export the column as text',
  ])
})

const values = (given: string) => `
name: shop
store: { time_zone: UTC, currency: EUR }
files: { rows: {} }
outputs:
  - to: events
    from: rows
    values:
      name: { const: view_item }
      message_id: { hash: row }
      timestamp: { column: at, formats: [unix] }
      visitor_id: { concat: [shop, visitor], separator: '-' }
    properties:
${given
  .split('\n')
  .map((line) => `      ${line}`)
  .join('\n')}
`
const properties = async (given: string, cells: Record<string, string>) => {
  const row = { at: '1767225600', shop: 'eu', visitor: 'v1', ...cells }
  const csv = `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`
  const { rows, rejects } = await made(values(given), { 'rows.csv': csv })
  return rejects.length > 0 ? rejects : rows.events?.[0]?.properties
}

test('ways to make a value', async () => {
  expect(
    await properties(
      `price: { column: p, as: number }
total: { multiply: [{ add: [p, 1] }, q], as: number, round: 2 }
share: { divide: [p, q], as: number, round: 4 }
less: { subtract: [p, q], as: number }
minus: { negate: p, as: number }
none: { column: empty }
fallback: { column: empty, default: 7, as: number }
known: { column: kind, map: { a: first, b: null }, default: other }
gift: { column: flag, as: boolean }
only_gifts: { column: kind, where: { column: flag, equals: yes } }
line: { line_number: file, as: integer }
day: { column: at, formats: [unix], as: day }
id: { hash: [shop, visitor] }`,
      { p: '2.555', q: '3', empty: '', kind: 'a', flag: 'no' },
    ),
  ).toEqual({
    price: 2.555,
    total: 10.67,
    share: 0.8517,
    less: -0.445,
    minus: -2.555,
    fallback: 7,
    known: 'first',
    gift: false,
    line: 2,
    day: '2026-01-01',
    // The first 32 signs of sha256 of ["eu","v1"].
    id: '345ec120ddd098d8512699912910fb6e',
  })
  expect(await properties('x: { divide: [p, q], as: number }', { p: '1', q: '0' })).toEqual([
    'rows.csv:2 it divides by zero',
  ])
})

test('the same row has the same id, another row another, wherever it stands', async () => {
  const rows = 'at,shop,visitor\n1767225600,eu,v1\n1767225600,eu,v2\n1767225600,eu,v1\n'
  const { rows: first } = await made(values('x: { const: 1 }'), { 'a.csv': rows })
  const ids = first.events?.map(({ message_id }) => message_id) ?? []
  expect(ids[0]).toBe(ids[2])
  expect(ids[0]).not.toBe(ids[1])
  expect(first.events?.[0]).toMatchObject({ visitor_id: 'eu-v1', timestamp: '2026-01-01T00:00:00.000Z' })
})

test.each([
  ['{ column: n, gt: 2, lte: 10 }', ['10', '1e1']],
  ['{ column: n, in: [2, 10] }', ['2', '10', '1e1']],
  ['{ column: n, not_in: ["2"] }', ['10', '', '1e1']],
  ['{ column: n, empty: true }', ['']],
  ['{ column: n, not_equals: "10" }', ['2', '', '1e1']],
  ['{ column: n, equals: 10 }', ['10', '1e1']],
  ['{ any: [{ column: n, starts_with: "1" }, { column: n, ends_with: "2" }] }', ['2', '10', '1e1']],
  ['[{ column: n, matches: "^[0-9]+$" }, { not: { column: n, contains: "0" } }]', ['2']],
  ['{ value: { multiply: [n, 2] }, as: number, gte: 20 }', ['10', '1e1']],
])('the filter %s keeps %j', async (filter, kept) => {
  const mapping = `
name: shop
store: { time_zone: UTC, currency: EUR }
files: { rows: {} }
outputs:
  - to: products
    from: rows
    filter: ${filter}
    values: { sku: { line_number: file }, name: n, updated_at: { const: 2026-01-01T00:00:00Z } }
`
  const { rows } = await made(mapping, { 'rows.csv': 'n,x\n2,\n10,\n,\n1e1,\n' })
  expect(rows.products?.map(({ name }) => name ?? '')).toEqual(kept)
})

test('an order of more lines than ingest takes is refused whole', async () => {
  const lines = Array.from({ length: 5_001 }, () => 'A,2026-11-11 10:00:00,li,已付款,s1,1,5').join('\n')
  const { rows, rejects } = await made(orders(), { 'lines.csv': `${heading}${lines}\n` })
  expect(rows.orders).toBeUndefined()
  expect(rejects).toHaveLength(5_001)
  expect(rejects[0]).toBe('lines.csv:2 it is one of more than 5000 lines with the same key')
})
