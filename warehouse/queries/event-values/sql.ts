import { trafficFacts } from '../../metrics/measures.ts'
import { FilterValues } from '../filter.ts'
import { eventFieldSql } from '../funnel/event-field-sql.ts'
import { needsSession } from '../funnel/needs-session.ts'
import { mostEvents } from './contract.ts'

/** What a step may ask of a property's name. */
const askable = String.raw`^[\\w$-]{1,64}(\\.[\\w$-]{1,64}){0,5}$`

interface Asked {
  of: string
  event: string | undefined
  search: string
}

/** SQL of the values of a field, or of the names of properties: `value`, `events`, and how many events were `looked_at`. */
export function eventValuesSql({ of, event, search }: Asked) {
  const values = new FilterValues()
  const contains = (text: string) => `positionCaseInsensitiveUTF8(${text}, ${values.add(search)}) > 0`
  const isMeant = ['NOT is_bot', `visitor_id != ''`, ...(event === undefined ? [] : [`name = ${values.add(event)}`])]
  const sql =
    of === 'properties'
      ? `SELECT value, count() AS events, max(count) AS looked_at
        FROM (
          SELECT JSONAllPaths(properties) AS names, count() OVER () AS count
          FROM (SELECT properties FROM ${trafficFacts({ session: false })} WHERE ${isMeant.join(' AND ')} LIMIT ${mostEvents})
        )
        ARRAY JOIN names AS value
        WHERE match(value, '${askable}') AND ${search ? contains('value') : 'true'}`
      : `SELECT ${eventFieldSql(values)(of)} AS value, count() AS events, 0 AS looked_at
        FROM ${trafficFacts({ session: needsSession(of) })}
        WHERE ${[...isMeant, ...wanted(of, search, contains)].join(' AND ')}`
  return { params: values.params, sql: `${sql}\n${ending}` }
}

const ending = `
  GROUP BY value
  ORDER BY events DESC, value
  LIMIT {limit:UInt32}
  -- Somebody waits for what there is to choose from; who can type it need not.
  SETTINGS max_execution_time = 10`

function wanted(of: string, search: string, contains: (text: string) => string): string[] {
  const told = of.startsWith('properties.') ? [`value != ''`] : []
  if (!search) return told
  if (of !== 'product') return [...told, contains('value')]
  const named = `SELECT sku FROM products FINAL WHERE store_id = {store_id:String} AND ${contains('products.name')}`
  return [...told, `(${contains('value')} OR sku IN (${named}))`]
}
