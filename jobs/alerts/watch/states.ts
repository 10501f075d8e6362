import type { Warehouse } from '@guanlan/warehouse/client'
import { type Asked, defineQuery } from '@guanlan/warehouse/define-query'
import { fromClickHouse, toClickHouse } from '@guanlan/warehouse/instant'
import { z } from 'zod'

/** What is remembered of a series up to a moment, as text; `of` says of which definition of the series. */
export interface State {
  rule_id: string
  slice: string
  of: string
  /** Milliseconds. */
  until: number
  text: string
}

const saved = z.object({ of: z.string(), text: z.string() })

const newest = defineQuery({
  name: 'detector_states',
  params: z.object({ store_id: z.string() }),
  row: z.object({ rule_id: z.string(), slice: z.string(), judged_until: z.string(), state: z.string() }),
  sql: `
    SELECT rule_id, slice, toString(judged_until) AS judged_until, state
    FROM detector_states FINAL
    WHERE store_id = {store_id:String}`,
})

/** All states of a store; what cannot be read is learnt again. */
export async function readStates(warehouse: Warehouse, store_id: string, asked: Asked): Promise<State[]> {
  const rows = await newest(warehouse, { store_id }, asked)
  return rows.flatMap(({ rule_id, slice, judged_until, state }) => {
    const { data } = saved.safeParse(JSON.parse(state))
    return data ? [{ rule_id, slice, until: Date.parse(fromClickHouse(judged_until)), ...data }] : []
  })
}

export async function writeStates(warehouse: Warehouse, store_id: string, states: readonly State[]): Promise<void> {
  if (states.length === 0) return
  const version = `${toClickHouse(new Date())}000`
  await warehouse.insert({
    table: 'detector_states',
    values: states.map(({ rule_id, slice, of, until, text }) => ({
      ...{ store_id, rule_id, slice, judged_until: toClickHouse(new Date(until)) },
      ...{ state: JSON.stringify({ of, text }), version },
    })),
    format: 'JSONEachRow',
  })
}
