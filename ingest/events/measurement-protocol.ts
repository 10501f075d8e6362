import { hash } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { authoriseStore } from '../access/authorise.ts'
import { parseJson, readBody } from '../body/read-body.ts'
import { isObject } from '../is-object.ts'
import { Problem } from '../problem.ts'
import type { World } from '../world.ts'
import { writePath } from './field-problem.ts'
import { takeMessages } from './take-messages.ts'

const micros = z
  .union([z.number(), z.string().regex(/^\d{10,17}$/, 'must be microseconds')], 'must be microseconds')
  .nullish()
const object = z.record(z.string(), z.unknown())

const body = z.object({
  client_id: z.union([z.string(), z.number()]).nullish(),
  /** Of an app what client_id is of a browser. */
  app_instance_id: z.string().nullish(),
  user_id: z.union([z.string(), z.number()]).nullish(),
  timestamp_micros: micros,
  user_properties: object.nullish(),
  user_agent: z.string().nullish(),
  events: z.array(z.unknown(), 'must be a list of events').max(1000, 'may have 1000 events'),
})
type Body = z.output<typeof body>

const milliseconds = (value: z.output<typeof micros>) =>
  value === null || value === undefined ? undefined : Math.floor(Number(value) / 1000)

/** The parameters that say where an event happened; they have columns. */
const pageParams = ['page_location', 'page_referrer', 'page_title', 'language', 'session_id']

/** One event of the Measurement Protocol as the message that it would be in Segment's. */
function toMessage(
  sent: unknown,
  { client_id, app_instance_id, user_id, timestamp_micros, user_properties, user_agent }: Body,
  seen: Map<string, number>,
): unknown {
  if (!isObject(sent)) return sent
  const params = isObject(sent.params) ? sent.params : {}
  const own = micros.safeParse(sent.timestamp_micros)
  const timestamp = milliseconds(own.data) ?? milliseconds(timestamp_micros)
  const visitor = client_id ?? app_instance_id
  const properties = Object.fromEntries(Object.entries(params).filter(([name]) => !pageParams.includes(name)))
  return {
    type: 'track',
    event: sent.name,
    ...(timestamp !== undefined && { messageId: idOf([visitor, user_id, timestamp, sent], seen), timestamp }),
    anonymousId: visitor,
    userId: user_id,
    properties: user_properties ? { ...properties, user_properties } : properties,
    context: {
      sessionId: params.session_id,
      locale: params.language,
      userAgent: user_agent,
      page: { url: params.page_location, referrer: params.page_referrer, title: params.page_title },
    },
  }
}

/**
 * Senders that repeat a request have no id to give: with a time of their own, an event that comes again is the same
 * event. What a request tells twice happened twice.
 */
function idOf(parts: unknown, seen: Map<string, number>): string {
  const id = `ga4-${hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32)}`
  const times = seen.get(id) ?? 0
  seen.set(id, times + 1)
  return times === 0 ? id : `${id}-${times}`
}

function readProtocol(text: string): Body {
  const parsed = body.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: writePath(path), message }))
  throw new Problem('unreadable_body', 'The body is { "client_id", "events": [ { "name", "params" } ] }.', { errors })
}

/**
 * GA4's Measurement Protocol, `POST /mp/collect?measurement_id=…&api_secret=…`. `api_secret` is a write key; or it is a
 * server key, and `measurement_id` is the store. A sender that can only set `measurement_id` puts the write key there.
 * Answers 204 as Google does, and 200 with the reasons when something was refused.
 */
export function measurementProtocol(world: World): Hono {
  return new Hono().post('/mp/collect', async (c) => {
    const receivedAt = world.now()
    const secret = c.req.query('api_secret')
    const measured = c.req.query('measurement_id')
    const isServer = secret !== undefined && world.directory.key(secret)?.scope === 'server'
    const store = await authoriseStore(c, world, {
      scopes: ['write', 'server'],
      keyInBody: secret || measured,
      store_id: isServer ? measured : undefined,
    })
    const held = world.inFlight.hold()
    try {
      const text = await readBody(c, { maxBytes: world.maxBodyBytes, held })
      world.metrics.bodyBytes.inc({ route: 'measurement_protocol' }, text.length)
      const sent = readProtocol(text)
      const seen = new Map<string, number>()
      const messages = sent.events.map((event) => toMessage(event, sent, seen))
      const userAgent = c.req.header('user-agent') ?? ''
      const taken = await takeMessages(world, messages, { store, protocol: 'ga4', receivedAt, userAgent })
      return taken.rejected.length > 0 || taken.warnings ? c.json(taken) : c.body(null, 204)
    } finally {
      held.release()
    }
  })
}
