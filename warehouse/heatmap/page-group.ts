import type { FilterValues } from '../queries/filter.ts'

/**
 * A part of a path that is somebody's or something's id: digits alone, three and more behind a few letters (`p-001`,
 * `sku123`), five and more at the end of a name (`green-tea-20481`), a UUID, or a long token with a digit in it. JavaScript and
 * RE2 read it alike.
 */
const id = [
  '[0-9]+',
  '[A-Za-z]{1,5}[-_]?[0-9]{3,}',
  '.*[-_][0-9]{5,}',
  '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}',
  '[A-Za-z_]*[0-9][A-Za-z0-9_]{10,}',
].join('|')
const idPart = `^(?:${id})(?:\\.[a-z]{3,5})?$`
const idPattern = new RegExp(idPart)

/** `/product/*` → a regular expression: `*` is anything within one part of the path, `**` anything at all. */
const expressionOf = (pattern: string): string =>
  `^${pattern
    .split(/(\*\*|\*)/)
    .map((piece) =>
      piece === '**' ? '.+' : piece === '*' ? '[^/]+' : piece.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`),
    )
    .join('')}/?$`

/** Compiles the patterns once for many paths: the group of a path is the first pattern that fits, else the path with ids as `*`. */
export function pageGrouping(patterns: readonly string[]): (path: string) => string {
  const known = patterns.map((pattern) => ({ pattern, expression: new RegExp(expressionOf(pattern)) }))
  return (path) => {
    const fitting = known.find(({ expression }) => expression.test(path))
    if (fitting) return fitting.pattern
    const parts = path.split('/').map((part) => (idPattern.test(part) ? '*' : part))
    return parts.join('/').replace(/(.)\/$/, '$1')
  }
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
