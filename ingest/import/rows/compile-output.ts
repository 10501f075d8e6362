import { BadLine } from '../failure.ts'
import type { Columns } from '../mapping/columns.ts'
import { compileCondition, type Test } from '../mapping/compile-condition.ts'
import { compileValue, linesOf, ofLine } from '../mapping/compile-value.ts'
import type { Value } from '../mapping/expression.ts'
import type { LoadedMapping } from '../mapping/load-mapping.ts'
import { type Made, number, text } from '../mapping/made.ts'
import { type OutputKind, type OutputName, outputKinds, type ValueType } from '../mapping/outputs.ts'
import type { Maker, Place, Scope } from '../mapping/place.ts'
import type { OutputSpec } from '../mapping/schema.ts'

/** One output of a mapping, ready to make rows. */
export interface Output {
  to: OutputName
  /** Which entry of `files` its lines come from. */
  from: string
  keep: Test | undefined
  /** The group a line belongs to; undefined in an output that does not group. */
  group: ((scope: Scope) => string) | undefined
  /** @throws BadLine when a value cannot be read or a required one is missing */
  make: (scope: Scope) => Record<string, unknown>
}

/** Compiles the output at a place in the mapping; a mistake in it stops with its key and line. */
export function compileOutput(loaded: LoadedMapping, columns: Columns, index: number): Output {
  const { mapping, fail } = loaded
  const spec = mapping.outputs[index] as OutputSpec
  const kind = outputKinds[spec.to]
  const path = ['outputs', index]
  if (!mapping.files[spec.from]) fail([...path, 'from'], `there is no file ${spec.from}`)
  const thousands = mapping.thousands ?? (mapping.decimal === ',' ? '.' : ',')
  const formats = {
    number: { decimal: mapping.decimal, thousands },
    dates: mapping.dates,
    zone: mapping.zone ?? mapping.store.time_zone,
  }
  const lineByLine: Place = { loaded, columns, formats, file: spec.from, path }
  const keys = spec.group_by?.map((key) => compileValue(key, 'text', { ...lineByLine, path: [...path, 'group_by'] }))
  const groupedBy =
    spec.group_by && new Set(spec.group_by.flatMap(({ column }) => (column === undefined ? [] : column)))
  const place = { ...lineByLine, groupedBy }
  const values = { ...given(spec, mapping.store.currency), ...spec.values }
  const makers = compileFields(values, kind, { ...place, path: [...path, 'values'] })
  const lines = spec.lines && compileLines(spec.lines, kind, { ...place, path: [...path, 'lines'] })
  if (spec.to !== 'events' && Object.keys(spec.properties).length > 0)
    fail([...path, 'properties'], 'only events have properties')
  const properties = Object.entries(spec.properties).map(
    ([name, value]) => [name, compileValue(value, 'text', { ...place, path: [...path, 'properties', name] })] as const,
  )
  return {
    to: spec.to,
    from: spec.from,
    keep: spec.filter && compileCondition(spec.filter, { ...lineByLine, path: [...path, 'filter'] }, compileValue),
    group:
      keys &&
      ((scope) => {
        const parts = keys.map((key) => text(key(scope)))
        return parts.every((part) => part === '') ? '' : parts.length === 1 ? text(parts[0]) : JSON.stringify(parts)
      }),
    make: (scope) => ({
      ...makers(scope),
      ...(lines && { lines: lines(scope) }),
      ...(properties.length > 0 && { properties: object(properties, scope) }),
    }),
  }
}

/** Money of a kind that has a currency is the store's, unless the mapping says otherwise. */
const given = ({ to }: OutputSpec, currency: string): Record<string, Value> =>
  'currency' in outputKinds[to].fields ? { currency: { const: currency } } : {}

function compileFields(values: Record<string, Value>, kind: Pick<OutputKind, 'fields' | 'required'>, place: Place) {
  const { fail } = place.loaded
  const missing = kind.required.filter((name) => !(name in values))
  if (missing.length > 0) fail(place.path, `${missing.join(', ')} must be given${hint(missing)}`)
  const fields = Object.entries(values).map(([name, value]) => {
    const type = kind.fields[name]
    const path = [...place.path, name]
    if (!type) return fail(path, `there is no such field; there are ${Object.keys(kind.fields).join(', ')}`)
    return { name, type, make: compileValue({ ...value, as: undefined }, type, { ...place, path }) }
  })
  const required = new Set(kind.required)
  return (scope: Scope) => {
    const row: Record<string, unknown> = {}
    for (const { name, type, make } of fields) {
      const made = make(scope)
      if (made !== undefined) row[name] = written(made, type)
      else if (required.has(name)) throw new BadLine(`${name} is empty`)
    }
    return row
  }
}

const hint = (missing: string[]) =>
  missing.includes('updated_at')
    ? ': a column that tells when a row changed, else a constant, so that a second import changes nothing'
    : ''

function compileLines(spec: NonNullable<OutputSpec['lines']>, kind: OutputKind, place: Place) {
  if (!kind.lines) return place.loaded.fail(place.path, 'this kind has no lines')
  const { lines, inside } = linesOf(spec.of, place)
  const keep = spec.where && compileCondition(spec.where, { ...inside, path: [...place.path, 'where'] }, compileValue)
  const make = compileFields(spec.values, kind.lines, { ...inside, path: [...place.path, 'values'] })
  return (scope: Scope) => {
    const all = lines(scope).filter((line, index) => !keep || ofLine({ line, place: index + 1 }, keep))
    return all.map((line, index) => ofLine({ line, place: index + 1 }, make))
  }
}

function object(makers: (readonly [string, Maker])[], scope: Scope): Record<string, unknown> {
  const all = makers.map(([name, make]) => [name, make(scope)] as const)
  return Object.fromEntries(all.flatMap(([name, made]) => (made === undefined ? [] : [[name, plain(made)]])))
}

/** Money travels as text, so that no float stands between the file and the ledger. */
const written = (made: Made, type: ValueType): unknown => (type === 'number' ? text(made) : plain(made))

const plain = (made: Made): unknown => {
  const value = number(made)
  return value ? Number(value.toFixed()) : made
}
