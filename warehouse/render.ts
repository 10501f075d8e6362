import { sharding, shardOf } from './sharding.ts'

class RenderError extends Error {
  override name = 'RenderError'
  readonly code = 'cannot_render'
}

/** The statement of a migration without comments and trailing semicolon. @throws RenderError unless it is exactly one */
export function statementOf(file: string): string {
  const text = file.replace(/'(?:[^'\\]|\\.|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith("'") ? found : '',
  )
  const statement = text.trim().replace(/;\s*$/, '')
  if (statement === '') throw new RenderError('A migration has no statement.')
  if (/;/.test(statement.replace(/'(?:[^'\\]|\\.|'')*'/g, ''))) {
    throw new RenderError('A migration has more than one statement: a server takes one at a time.')
  }
  return statement.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n')
}

/** `x` → the table or view that holds x's rows on one shard. */
const local = (name: string) => `${name}_local`

/** Where the rows of a table lie, as a DELETE or an ALTER names it: on a cluster, in the local table of every shard. */
export const rowsOf = (table: string, cluster?: string): string =>
  cluster === undefined ? table : `${local(table)} ON CLUSTER ${cluster}`

/** Makes a SELECT read the shard's own tables. */
const readLocally = (select: string) =>
  select.replace(
    /(?<!ARRAY )\b(FROM|JOIN)(\s+)([a-z_]+)\b(?!\s*\()/g,
    (_, word, space, name) => `${word}${space}${local(name)}`,
  )

const tablesReadBy = (select: string) =>
  [...select.matchAll(/(?<!ARRAY )\b(?:FROM|JOIN)\s+([a-z_]+)\b(?!\s*\()/g)].map((match) => match[1] as string)

/** A view is cut like the tables it reads. */
const cuts = new Map<string, string>([
  ['orders_current', 'orders'],
  ['order_lines', 'orders'],
])

/**
 * The statements that do on a named cluster what one statement of a migration does on a single server.
 *
 * A table `x` becomes `x_local`, replicated, on every shard, and `x`, which is distributed over them: everybody reads
 * and writes `x`. Views are computed on each shard, so the tables that one reads must be cut alike; materialized views
 * fill the local tables from the local ones.
 * @throws RenderError for a statement that it does not know how to distribute
 */
export function renderForCluster(statement: string, cluster: string): string[] {
  const on = `ON CLUSTER ${cluster}`
  const distribute = (name: string, key?: string) =>
    `CREATE TABLE IF NOT EXISTS ${name} ${on} AS ${local(name)}\n` +
    `ENGINE = Distributed(${cluster}, currentDatabase(), ${local(name)}${key ? `, ${key}` : ''})`

  const table =
    /^CREATE TABLE IF NOT EXISTS (\w+)\s*(\([\s\S]*\n\))\s*ENGINE = (\w*MergeTree)(?:\(([^)]*)\))?([\s\S]*)$/.exec(
      statement,
    )
  if (table) {
    const [, name = '', columns, engine, given, rest] = table
    const places = `'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'`
    return [
      `CREATE TABLE IF NOT EXISTS ${local(name)} ${on}\n${columns}\n` +
        `ENGINE = Replicated${engine}(${[places, given].filter(Boolean).join(', ')})${rest}`,
      distribute(name, shardOf(name)),
    ]
  }

  const view = /^CREATE VIEW IF NOT EXISTS (\w+) AS\s([\s\S]*)$/.exec(statement)
  if (view) {
    const [, name = '', select = ''] = view
    const keys = new Set(tablesReadBy(select).map((read) => shardOf(cuts.get(read) ?? read)))
    if (keys.size !== 1) throw new RenderError(`${name} reads tables that are cut differently: it cannot be a view.`)
    return [`CREATE VIEW IF NOT EXISTS ${local(name)} ${on} AS\n${readLocally(select)}`, distribute(name)]
  }

  const filling = /^CREATE MATERIALIZED VIEW IF NOT EXISTS (\w+) TO (\w+) AS\s([\s\S]*)$/.exec(statement)
  if (filling) {
    const [, name, target = '', select = ''] = filling
    return [`CREATE MATERIALIZED VIEW IF NOT EXISTS ${name} ${on} TO ${local(target)} AS\n${readLocally(select)}`]
  }

  const change = /^ALTER TABLE (\w+)\s([\s\S]*)$/.exec(statement)
  if (change) {
    const [, name = '', what = ''] = change
    if (!(name in sharding)) {
      const filled = what.replace(/^MODIFY QUERY\s([\s\S]*)$/, (_, select) => `MODIFY QUERY\n${readLocally(select)}`)
      return [`ALTER TABLE ${name} ${on} ${filled}`]
    }
    const statements = [`ALTER TABLE ${local(name)} ${on} ${what}`]
    // The distributed table has columns; keys, indexes, times to live and settings are the local one's alone.
    if (/^(ADD|DROP|MODIFY|RENAME|COMMENT) COLUMN\b/.test(what)) statements.push(`ALTER TABLE ${name} ${on} ${what}`)
    return statements
  }

  if (/^INSERT INTO \w+\s/.test(statement)) return [statement]
  throw new RenderError(`This statement cannot be rendered for a cluster: ${statement.slice(0, 60)}…`)
}

/** What is sent to ClickHouse for one migration. @param cluster none: one server, or the embedded engine */
export function render(file: string, cluster?: string): string[] {
  const statement = statementOf(file)
  return cluster === undefined ? [statement] : renderForCluster(statement, cluster)
}
