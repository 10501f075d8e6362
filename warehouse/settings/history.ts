import { z } from 'zod'
import { defineQuery } from '../define-query.ts'
import { instant } from '../instant.ts'

/** Which part of the log: '*' is everything. */
const part = {
  /** '*' among them: every store; the whole instance is ''. */
  store_ids: z.array(z.string()),
  kind: z.string().default('*'),
  id: z.string().default('*'),
  actor: z.string().default('*'),
  /** Instants, the end excluded. */
  from: instant.default('1970-01-01 00:00:00.000'),
  to: instant.default('2200-01-01 00:00:00.000'),
}

const changes = `
  SELECT store_id, kind, id, version, value, before, actor, at
  FROM (
    SELECT *, lagInFrame(value) OVER (PARTITION BY kind, store_id, id ORDER BY version) AS before
    FROM settings
    WHERE (has({store_ids:Array(String)}, '*') OR has({store_ids:Array(String)}, store_id))
      AND ({kind:String} = '*' OR kind = {kind:String})
      AND ({id:String} = '*' OR id = {id:String})
  )
  WHERE ({actor:String} = '*' OR actor = {actor:String})
    AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}`

/** The log of settings backwards in time: who changed what, from which value to which. Empty values: not there. */
export const settingsHistory = defineQuery({
  name: 'settings_history',
  params: z.object({ ...part, limit: z.int().min(1).max(100_000).default(100), offset: z.int().min(0).default(0) }),
  row: z.object({
    store_id: z.string(),
    kind: z.string(),
    id: z.string(),
    version: z.number(),
    value: z.string(),
    before: z.string(),
    actor: z.string(),
    at: z.string(),
  }),
  sql: `${changes}
    ORDER BY at DESC, kind, store_id, id, version DESC
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
})

/** How many changes there are in a part of the log, and by whom. */
export const settingsActors = defineQuery({
  name: 'settings_actors',
  params: z.object(part),
  row: z.object({ actor: z.string(), changes: z.number() }),
  sql: `SELECT actor, count() AS changes FROM (${changes}) GROUP BY actor ORDER BY actor`,
})
