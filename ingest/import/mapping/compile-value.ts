import { basename } from 'node:path'
import Big from 'big.js'
import { BadLine } from '../failure.ts'
import type { Line } from '../rows/line.ts'
import { hash } from '../values/hash.ts'
import { compileCondition } from './compile-condition.ts'
import { converter, plainNumbers } from './convert.ts'
import type { Condition, Value } from './expression.ts'
import { compare, type Made, number, text } from './made.ts'
import type { ValueType } from './outputs.ts'
import type { Maker, Place, Scope } from './place.ts'

const aggregates = ['sum', 'min', 'max', 'first', 'last', 'count'] as const
const isAggregate = (value: Value) => aggregates.some((key) => value[key] !== undefined)
const arithmetic = {
  add: (a: Big, b: Big) => a.plus(b),
  subtract: (a: Big, b: Big) => a.minus(b),
  multiply: (a: Big, b: Big) => a.times(b),
  divide: (a: Big, b: Big) => {
    if (b.eq(0)) throw new BadLine('it divides by zero')
    return a.div(b)
  },
}

/** Makes a function of a value's description: a scope in, the value out, undefined where there is nothing. */
export function compileValue(value: Value, wanted: ValueType, place: Place): Maker {
  const type = value.as ?? wanted
  const formats = {
    ...place.formats,
    ...(value.formats && { dates: value.formats }),
    ...(value.zone && { zone: value.zone }),
  }
  const convert = converter(type, formats)
  const fixed = constants(type, { ...place, formats })
  const otherwise = value.default === undefined ? undefined : fixed(value.default, 'default')
  if (value.const !== undefined) {
    const made = fixed(value.const, 'const')
    return () => made
  }
  const made = source(value, type, { ...place, formats })
  const make = value.where && !isAggregate(value) ? only(value.where, made, place) : made
  const table =
    value.map &&
    new Map(Object.entries(value.map).map(([key, to]) => [key, to === null ? undefined : fixed(to, 'map')]))
  const { round, column } = value
  const extract = value.extract === undefined ? undefined : new RegExp(value.extract, 'u')
  return (scope) => {
    try {
      const read = extract ? firstMatch(extract, text(make(scope))) : make(scope)
      const made = (table ? lookUp(table, text(read), otherwise !== undefined) : convert(read)) ?? otherwise
      return round !== undefined && made instanceof Big ? made.round(round) : made
    } catch (error) {
      if (column === undefined || !(error instanceof BadLine)) throw error
      throw new BadLine(`${column}: ${error.message}`)
    }
  }
}

/** Constants are written as mapping files write: ISO times, decimal points. */
function constants(type: ValueType, place: Place) {
  const convert = converter(type, { ...place.formats, dates: ['iso', ...place.formats.dates], number: plainNumbers })
  return (constant: string | number | boolean, key: string): Made => {
    try {
      return convert(String(constant))
    } catch (error) {
      if (error instanceof BadLine) return place.loaded.fail([...place.path, key], error.message)
      throw error
    }
  }
}

/** What the first pair of parentheses holds, else the whole match. */
function firstMatch(pattern: RegExp, from: string): Made {
  const match = pattern.exec(from)
  return match?.[1] ?? match?.[0]
}

function lookUp(table: ReadonlyMap<string, Made>, key: string, hasDefault: boolean): Made {
  if (table.has(key)) return table.get(key)
  if (hasDefault || key === '') return undefined
  throw new BadLine(`“${key}” is not in its map, which has no default`)
}

function source(value: Value, type: ValueType, place: Place): Maker {
  const at = (key: string) => ({ ...place, path: [...place.path, key] })
  if (value.column !== undefined) return column(value.column, place)
  if (value.concat) {
    const parts = value.concat.map((part) => compileValue(part, 'text', at('concat')))
    return (scope) => parts.map((part) => text(part(scope))).join(value.separator ?? '')
  }
  if (value.first_of) {
    const parts = value.first_of.map((part) => compileValue(part, type, at('first_of')))
    return (scope) => {
      for (const part of parts) {
        const made = part(scope)
        if (made !== undefined) return made
      }
      return undefined
    }
  }
  if (value.hash === 'row') {
    if (place.groupedBy) place.loaded.fail(place.path, 'a group has no row to hash: list what identifies it')
    return ({ line }) => hash(line.cells)
  }
  if (value.hash) {
    const parts = value.hash.map((part) => compileValue(part, 'text', at('hash')))
    return (scope) => hash(parts.map((part) => text(part(scope))))
  }
  if (value.line_number) {
    return value.line_number === 'file' ? ({ line }) => String(line.number) : (scope) => String(scope.place)
  }
  if (value.file) {
    return value.file === 'name' ? ({ line }) => basename(line.file.path) : ({ line }) => line.file.modifiedAt
  }
  if (value.negate) {
    const part = compileValue(value.negate, 'number', at('negate'))
    return (scope) => number(part(scope))?.neg()
  }
  for (const [key, apply] of Object.entries(arithmetic)) {
    const operands = value[key as keyof typeof arithmetic]
    if (!operands) continue
    const parts = operands.map((part) => compileValue(part, 'number', at(key)))
    return (scope) => {
      const numbers = parts.map((part) => number(part(scope)))
      return numbers.reduce((a, b) => (a && b ? apply(a, b) : undefined))
    }
  }
  return aggregate(value, type, place)
}

/** Nothing, unless the condition holds. */
function only(where: Condition, make: Maker, place: Place): Maker {
  const holds = compileCondition(where, { ...place, path: [...place.path, 'where'] }, compileValue)
  return (scope) => (holds(scope) ? make(scope) : undefined)
}

function column(name: string, place: Place): Maker {
  const { groupedBy, columns, file, path, loaded } = place
  if (groupedBy && !groupedBy.has(name)) {
    loaded.fail(path, `${name} may differ within a group: say first, last, min, max, sum or count, or group by it`)
  }
  const read = columns.reader(file, name, path)
  return ({ line }) => read(line)
}

function aggregate(value: Value, type: ValueType, place: Place): Maker {
  const key = aggregates.find((name) => value[name] !== undefined)
  const operand = key && value[key]
  if (!key || operand === undefined) return place.loaded.fail(place.path, 'says nothing')
  const { lines, inside } = linesOf(value.of, { ...place, path: [...place.path, key] })
  const keep = value.where && compileCondition(value.where, inside, compileValue)
  const innerType = key === 'sum' ? 'number' : key === 'count' ? 'text' : type
  const part = operand === 'rows' ? () => 'row' : compileValue(operand, innerType, inside)
  return (scope) => {
    const all: Made[] = []
    for (const [index, line] of lines(scope).entries()) {
      const made = ofLine({ line, place: index + 1 }, (one) => (!keep || keep(one) ? part(one) : undefined))
      if (made !== undefined) all.push(made)
    }
    if (key === 'count') return new Big(all.length)
    if (all.length === 0) return undefined
    return reduce[key](all)
  }
}

const reduce = {
  sum: (all: Made[]) => all.reduce((total: Big, made) => total.plus(number(made) ?? 0), new Big(0)),
  min: (all: Made[]) => all.reduce((least, made) => (compare(made, least) < 0 ? made : least)),
  max: (all: Made[]) => all.reduce((most, made) => (compare(made, most) > 0 ? made : most)),
  first: (all: Made[]) => all[0],
  last: (all: Made[]) => all.at(-1),
}

/** Names the line, where a value is made of several. */
export function ofLine<T>(scope: Scope, make: (scope: Scope) => T): T {
  try {
    return make(scope)
  } catch (error) {
    if (!(error instanceof BadLine)) throw error
    throw new BadLine(`line ${scope.line.number}: ${error.message}`)
  }
}

/** The lines an aggregate or a list runs over: those of a join, else of the group, else the one line. */
export function linesOf(of: string | undefined, place: Place): { lines: (scope: Scope) => Line[]; inside: Place } {
  const { groupedBy: _, ...ungrouped } = place
  if (of === undefined) return { lines: ({ group, line }) => group ?? [line], inside: ungrouped }
  const join = place.loaded.mapping.files[place.file]?.join[of]
  if (place.groupedBy) place.loaded.fail(place.path, 'an output that groups cannot run over a join as well')
  const many = place.columns.many(place.file, of, place.path)
  return { lines: ({ line }) => many(line), inside: { ...ungrouped, file: join?.file ?? place.file } }
}
