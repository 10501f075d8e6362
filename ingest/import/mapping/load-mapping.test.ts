import { expect, test } from 'vitest'
import { made } from '../testing.ts'
import { loadMapping, parseMapping } from './load-mapping.ts'

const start = `name: shop
store: { time_zone: Asia/Shanghai, currency: CNY }
files: { rows: {} }
`
const says = (text: string) => {
  try {
    parseMapping(text, 'shop.yaml')
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing'
}
/** What is said when the mapping meets a file. */
const saysOf = (output: string, heading = 'id,at,sum') =>
  made(`${start}${output}`, { 'rows.csv': `${heading}\n` }).then(
    () => 'nothing',
    (error: Error) => error.message,
  )

test('a wrong key is named with its line', () => {
  expect(says(`${start}outputs:\n  - to: orders\n    form: rows\n    values: {}\n`)).toMatch(
    /shop\.yaml, line 5, outputs\.0: .*"form"/,
  )
  expect(says(`${start}outputs:\n  - to: order\n    from: rows\n    values: {}\n`)).toMatch(
    'shop.yaml, line 5, outputs.0.to: Invalid option: expected one of "events"|"orders"',
  )
  expect(says(start.replace('CNY', 'yuan'))).toMatch('line 2, store.currency: must be an ISO 4217 code')
  expect(says(start.replace('Asia/Shanghai', 'Shanghai'))).toMatch('line 2, store.time_zone: must be an IANA time zone')
})

test('a value that is none is named with its line', () => {
  const values = (value: string) =>
    `${start}outputs:\n  - to: spend\n    from: rows\n    values:\n      day: ${value}\n`
  expect(says(values('{ sum: a, min: b }'))).toMatch(
    'line 8, outputs.0.values.day: must have exactly one of column, const',
  )
  expect(says(values('{ colum: a }'))).toMatch('line 8, outputs.0.values.day: Unrecognized key: "colum"')
  expect(says(values('[a, b]'))).toMatch('line 8, outputs.0.values.day: must be a column’s name or a value such as')
  expect(says(values('{ multiply: [a] }'))).toMatch(
    'line 8, outputs.0.values.day.multiply: takes a list of at least two',
  )
})

test('a condition that asks nothing, or with a broken pattern, is refused', () => {
  const filter = (text: string) =>
    `${start}outputs:\n  - to: spend\n    from: rows\n    filter: ${text}\n    values: {}\n`
  expect(says(filter('{ column: a }'))).toMatch('line 7, outputs.0.filter: must say what is asked of the value')
  expect(says(filter('{ column: a, matches: "(" }'))).toMatch(
    'line 7, outputs.0.filter.matches: is not a regular expression',
  )
  expect(says(filter('{ all: [], any: [] }'))).toMatch('exactly one of all, any, not, column, value')
})

test('what is not YAML is said with its line', () => {
  expect(says('name: [a\n')).toMatch(/shop\.yaml is not YAML: .*line 2/)
})

test('a field that the kind lacks, one that it needs, and a constant of another type', async () => {
  const output = (values: string) => saysOf(`outputs:\n  - to: refunds\n    from: rows\n    values:\n${values}`)
  const good =
    '      refund_id: id\n      refunded_at: at\n      amount: sum\n      updated_at: { const: 2026-01-01T00:00:00Z }\n'
  expect(await output(good)).toBe('nothing')
  expect(await output(`${good}      total: sum\n`)).toMatch(
    'mapping.yaml, line 12, outputs.0.values.total: there is no such field; there are refund_id, order_id',
  )
  expect(await output(good.replace(/ {6}updated_at.*\n/, ''))).toMatch(
    'outputs.0.values: updated_at must be given: a column that tells when a row changed, else a constant',
  )
  expect(await output(good.replace('2026-01-01T00:00:00Z', 'soon'))).toMatch(
    'line 11, outputs.0.values.updated_at.const: “soon” is not a time written as iso',
  )
})

test('a column that may differ within a group must be told which', async () => {
  const output = `outputs:
  - to: orders
    from: rows
    group_by: id
    values:
      order_id: id
      status: { const: paid }
      placed_at: at
      gross: { sum: sum }
      updated_at: { const: 2026-01-01T00:00:00Z }
`
  expect(await saysOf(output)).toMatch(
    'line 11, outputs.0.values.placed_at: at may differ within a group: say first, last, min',
  )
  expect(await saysOf(output.replace('placed_at: at', 'placed_at: { min: at }'))).toBe('nothing')
})

test('a missing column stops before anything is read, and what is there is listed', async () => {
  const output = `outputs:\n  - to: products\n    from: rows\n    values: { sku: id, name: title, updated_at: at }\n`
  expect(await saysOf(output)).toBe('rows.csv lacks the column title; there are id, at, sum.')
  expect(await saysOf(output, 'title,sum')).toBe('rows.csv lacks the columns id, at; there are title, sum.')
  expect(await saysOf(output, 'id,at,title,title')).toBe('rows.csv has the column title more than once.')
})

test('a file, a join or a preset that is not there', async () => {
  const output = (from: string, value: string) =>
    saysOf(`outputs:\n  - to: products\n    from: ${from}\n    values: { sku: ${value}, updated_at: at }\n`)
  expect(await output('lines', 'id')).toMatch('line 6, outputs.0.from: there is no file lines')
  expect(await output('rows', '{ first: id, of: items }')).toMatch('files.rows has no join called items')
  await expect(loadMapping('shopfy')).rejects.toThrow(
    'There is no preset shopfy. There are olist, online-retail, rees46',
  )
  await expect(loadMapping('./none.yaml')).rejects.toThrow('The mapping file ./none.yaml cannot be read.')
})

test.each(['olist', 'online-retail', 'rees46'])('the preset %s is a mapping like any other', async (name) => {
  expect((await loadMapping(name)).mapping.name).toBe(name)
})
