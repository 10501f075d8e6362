import { RE2JS } from 're2js'
import type { FilterValues } from '../queries/filter.ts'

/**
 * A part of a path that is somebody's or something's id: digits alone, three and more behind a few letters (`p-001`,
 * `sku123`), five and more at the end of a name (`green-tea-20481`), a UUID, or a long token with a digit in it.
 */
const id = [
  '[0-9]+',
  '[A-Za-z]{1,5}[-_]?[0-9]{3,}',
  '.*[-_][0-9]{5,}',
  '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}',
  '[A-Za-z_]*[0-9][A-Za-z0-9_]{10,}',
].join('|')
const idPart = `^(?:${id})(?:\\.[a-z]{3,5})?$`
const idPattern = RE2JS.compile(idPart)

/** `/product/*` → a regular expression: `*` is anything within one part of the path, `**` anything at all. */
const expressionOf = (pattern: string): string =>
  `^${pattern
    .split(/(\*\*|\*)/)
    .map((piece) =>
      piece === '**' ? '.+' : piece === '*' ? '[^/]+' : piece.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`),
    )
    .join('')}/?$`

type Grouping = (path: string) => string

// A store's patterns are asked of every view, and stay the same list until its settings are read anew.
const groupings = new WeakMap<readonly string[], Grouping>()

/**
 * The group of a path is the first pattern that fits, else the path with ids as `*`. By RE2, as in the warehouse: a path is
 * a stranger's, a pattern a shop's, and together they must not take longer than in proportion to the path.
 */
export function pageGrouping(patterns: readonly string[]): Grouping {
  const known = groupings.get(patterns)
  if (known) return known
  const expressions = patterns.map((pattern) => ({ pattern, expression: RE2JS.compile(expressionOf(pattern)) }))
  const grouping: Grouping = (path) => {
    const fitting = expressions.find(({ expression }) => expression.test(path))
    if (fitting) return fitting.pattern
    const parts = path.split('/').map((part) => (idPattern.test(part) ? '*' : part))
    return parts.join('/').replace(/(.)\/$/, '$1')
  }
  groupings.set(patterns, grouping)
  return grouping
}

/** The same as pageGrouping as an expression of SQL over a column with paths. */
export function pageGroupSql(patterns: readonly string[], values: FilterValues, column = 'path'): string {
  const parts = `arrayMap(part -> if(match(part, ${values.add(idPart)}), '*', part), splitByChar('/', ${column}))`
  const byRule = `replaceRegexpOne(arrayStringConcat(${parts}, '/'), '(.)/$', '\\\\1')`
  if (patterns.length === 0) return byRule
  const cases = patterns.map(
    (pattern) => `match(${column}, ${values.add(expressionOf(pattern))}), ${values.add(pattern)}`,
  )
  return `multiIf(${cases.join(', ')}, ${byRule})`
}
