import { z } from 'zod'
import { defineQuery } from '../../define-query.ts'
import { matching, newestIn, windowParams } from './window.ts'

/** A spool names the table that refused a row; everybody else the kind of record. */
export const kindOfRejected = `if(kind = 'ad_spend', 'spend', kind)`

/** What a rejected event was called as it was sent, else what sort of message it was. */
const nameOfRejected = `if(kind = 'event', coalesce(nullIf(JSONExtractString(payload, 'event'), ''), JSONExtractString(payload, 'type')), '')`

/** What was rejected in the window, newest first. */
export const rejectedRows = defineQuery({
  name: 'recent_rejected_events',
  params: windowParams,
  row: z.object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    protocol: z.string(),
    received_at: z.string(),
    code: z.string(),
    path: z.string(),
    message: z.string(),
    payload: z.string(),
  }),
  sql: `
    SELECT rejected_id AS id, ${kindOfRejected} AS kind, ${nameOfRejected} AS name, protocol, received_at, code, path, message, payload
    FROM ${newestIn(
      'rejected_events',
      'rejected_id',
      [
        matching('kind', `${kindOfRejected} = {kind:String}`),
        matching('protocol', 'protocol = {protocol:String}'),
        matching('code', 'code = {code:String}'),
        matching('name', 'position(payload, {name:String}) > 0'),
        matching('search', 'rejected_id = {search:String} OR position(payload, {search:String}) > 0'),
      ].join(' '),
    )}`,
})
