import { z } from 'zod'
import { defineQuery } from '../define-query.ts'

/** The log of settings backwards in time: who changed what, from which value to which. Empty values: not there. */
export const settingsHistory = defineQuery({
  name: 'settings_history',
  params: z.object({
    /** '*': every store; the whole instance is ''. */
    store_id: z.string(),
    kind: z.string().default('*'),
    id: z.string().default('*'),
    limit: z.int().min(1).max(1000).default(100),
    offset: z.int().min(0).default(0),
  }),
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
  sql: `
    SELECT store_id, kind, id, version, value, before, actor, at
    FROM (
      SELECT *, lagInFrame(value) OVER (PARTITION BY kind, store_id, id ORDER BY version) AS before
      FROM settings
      WHERE ({store_id:String} = '*' OR store_id = {store_id:String})
        AND ({kind:String} = '*' OR kind = {kind:String})
        AND ({id:String} = '*' OR id = {id:String})
    )
    ORDER BY at DESC, kind, store_id, id, version DESC
    LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
})
