import { z } from 'zod'
import { defineQuery } from '../../define-query.ts'
import { matching, newestIn, windowParams } from './window.ts'

const searched = ['message_id', 'visitor_id', 'customer_id', 'order_id', 'session_id']
  .map((column) => `${column} = {search:String}`)
  .join(' OR ')

/** Events of the window, newest arrival first; one that arrived twice is there twice until the table has merged. */
export const acceptedEvents = defineQuery({
  name: 'recent_accepted_events',
  params: windowParams,
  row: z.object({
    id: z.string(),
    name: z.string(),
    protocol: z.string(),
    received_at: z.string(),
    timestamp: z.string(),
    occurred_at: z.string(),
    visitor_id: z.string(),
    customer_id: z.string(),
    order_id: z.string(),
    sender_session_id: z.string(),
    url: z.string(),
    path: z.string(),
    referrer: z.string(),
    page_type: z.string(),
    channel: z.string(),
    source: z.string(),
    medium: z.string(),
    campaign: z.string(),
    device: z.string(),
    browser: z.string(),
    os: z.string(),
    sku: z.string(),
    quantity: z.number(),
    value: z.number(),
    currency: z.string(),
    is_bot: z.boolean(),
    bot_reasons: z.array(z.string()),
    payload: z.string(),
  }),
  sql: `
    SELECT message_id AS id, name, protocol, received_at, timestamp, occurred_at, visitor_id, customer_id, order_id,
      session_id AS sender_session_id, url, path, referrer, page_type, channel, source, medium, campaign, device, browser, os,
      sku, quantity, value, currency, is_bot, bot_reasons, toJSONString(properties) AS payload
    FROM ${newestIn(
      'events',
      'message_id',
      [
        matching('name', 'name = {name:String}'),
        matching('protocol', 'protocol = {protocol:String}'),
        matching('search', searched),
      ].join(' '),
    )}`,
})
