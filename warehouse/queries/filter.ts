import { z } from 'zod'
import { type DimensionName, dimensionNames } from '../metrics/dimensions.ts'

const operators = ['is', 'is_not', 'contains', 'matches'] as const
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String)

export type Condition<Name extends string = DimensionName> = [(typeof operators)[number], Name, string[]]
export type Filter<Name extends string = DimensionName> =
  | Condition<Name>
  | ['and', Filter<Name>[]]
  | ['or', Filter<Name>[]]
  | ['not', Filter<Name>]

/** Bounds of what is asked at once: each level and each condition costs the parser and the warehouse. */
const most = { depth: 12, conditions: 200 }

/** How deep a request's filters nest and how many conditions they have, looked at before they are parsed. */
function extent(value: unknown, depth = 0): { depth: number; conditions: number } {
  if (!Array.isArray(value) || depth > most.depth * 2) return { depth, conditions: 0 }
  const isCondition = (operators as readonly unknown[]).includes(value[0])
  const within = isCondition ? [] : value.map((one) => extent(one, depth + 1))
  return {
    depth: Math.max(depth, ...within.map((one) => one.depth)),
    conditions: within.reduce((sum, one) => sum + one.conditions, isCondition ? 1 : 0),
  }
}

/** Conditions that must all hold, within the bounds. */
export const bounded = <Schema extends z.ZodType>(conditions: Schema) =>
  z.preprocess((value: z.input<Schema>, ctx) => {
    const { depth, conditions: count } = extent(value)
    // A level of and, or is two of arrays.
    if (depth <= most.depth * 2 && count <= most.conditions) return value
    const message = `must nest at most ${most.depth} deep and have at most ${most.conditions} conditions`
    ctx.addIssue({ code: 'custom', message })
    return z.NEVER
  }, conditions)

/** A condition on something that has a name, or several nested by and, or, not. */
export function filterOf<Name extends string>(name: z.ZodType<Name, Name>): z.ZodType<Filter<Name>> {
  const condition = z.tuple([z.enum(operators), name, z.array(value).min(1).max(200)]).meta({
    description: '[op, name, values]: any of the values; is_not: none of them; matches: RE2.',
  })
  const filter: z.ZodType<Filter<Name>> = z.lazy(() =>
    z.union([
      condition,
      z.tuple([z.literal('and'), z.array(filter).min(1).max(50)]),
      z.tuple([z.literal('or'), z.array(filter).min(1).max(50)]),
      z.tuple([z.literal('not'), filter]),
    ]),
  )
  return filter
}

/** A condition on a dimension, or several nested. */
const filter = filterOf(z.enum(dimensionNames))

/** Filters that must all hold. */
export const filters = bounded(z.array(filter).max(50))
  .default([])
  .meta({ description: 'Conditions that must all hold.', example: [['is', 'channel', ['search', 'ads']]] })

/** Every dimension that filters name. */
export function dimensionsOf<Name extends string>(all: readonly Filter<Name>[]): Name[] {
  const named = (one: Filter<Name>): Name[] => {
    if (one[0] === 'and' || one[0] === 'or') return one[1].flatMap(named)
    if (one[0] === 'not') return named(one[1])
    return [one[1]]
  }
  return [...new Set(all.flatMap(named))]
}

/** Collects the values of filters as parameters `filter_0`, `filter_1` …. */
export class FilterValues {
  readonly params: Record<string, string | string[]> = {}
  #count = 0

  /** The same filters over other facts: their values have the same names again. */
  again(): this {
    this.#count = 0
    return this
  }

  add(value: string | string[]): string {
    const name = `filter_${this.#count++}`
    this.params[name] = value
    return `{${name}:${typeof value === 'string' ? 'String' : 'Array(String)'}}`
  }
}

/**
 * SQL of filters; fragments come from the catalog, values only as parameters.
 * @param sqlOf the expression of a dimension over the facts at hand
 */
export function filterSql<Name extends string>(
  all: readonly Filter<Name>[],
  sqlOf: (name: Name) => string,
  values: FilterValues,
): string {
  const sql = (one: Filter<Name>): string => {
    if (one[0] === 'and' || one[0] === 'or') return `(${one[1].map(sql).join(one[0] === 'and' ? ' AND ' : ' OR ')})`
    if (one[0] === 'not') return `(NOT ${sql(one[1])})`
    const [operator, name, wanted] = one
    const column = sqlOf(name)
    switch (operator) {
      case 'is':
        return `(${column} IN ${values.add(wanted)})`
      case 'is_not':
        return `(${column} NOT IN ${values.add(wanted)})`
      case 'contains':
        return `(${wanted.map((text) => `positionCaseInsensitiveUTF8(${column}, ${values.add(text)}) > 0`).join(' OR ')})`
      case 'matches':
        return `(${wanted.map((pattern) => `match(${column}, ${values.add(pattern)})`).join(' OR ')})`
    }
  }
  return all.length === 0 ? 'true' : all.map(sql).join(' AND ')
}
