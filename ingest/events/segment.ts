import { type Context, Hono } from 'hono'
import { authoriseStore } from '../access/authorise.ts'
import { parseJson, readBody } from '../body/read-body.ts'
import { isObject } from '../is-object.ts'
import { Problem } from '../problem.ts'
import type { World } from '../world.ts'
import { cookielessVisitor, isCookieless } from './cookieless.ts'
import { countLosses } from './losses.ts'
import { takeMessages } from './take-messages.ts'

const forms: Record<string, string> = {
  track: 'track',
  t: 'track',
  page: 'page',
  p: 'page',
  identify: 'identify',
  i: 'identify',
  screen: 'screen',
  s: 'screen',
  group: 'group',
  g: 'group',
  alias: 'alias',
  a: 'alias',
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** The messages of a batch; the batch's context and key stand for those that bring none. */
function messagesOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body
  if (!isObject(body) || !Array.isArray(body.batch)) {
    throw new Problem('unreadable_body', 'The body of a batch is { "batch": [ … ] }.', {
      errors: [{ path: 'batch', message: 'must be a list of messages' }],
    })
  }
  const { batch, context } = body
  if (!isObject(context)) return batch
  return batch.map((sent) =>
    isObject(sent) ? { ...sent, context: { ...context, ...(sent.context as object) } } : sent,
  )
}

function messageOf(body: unknown, type: string): unknown[] {
  if (isObject(body)) return [{ ...body, type }]
  throw new Problem('unreadable_body', 'The body is one message, a JSON object.')
}

/** The Segment HTTP Tracking API: any Segment library works with its host changed. */
export function segment(world: World): Hono {
  const take = async (c: Context, read: (body: unknown) => unknown[]) => {
    const receivedAt = world.now()
    const held = world.inFlight.hold()
    try {
      const text = await readBody(c, { maxBytes: world.maxBodyBytes, held })
      world.metrics.bodyBytes.inc({ route: 'events' }, text.length)
      const body = parseJson(text)
      const messages = read(body)
      const own = isObject(body) ? body : {}
      const firstKey = isObject(messages[0]) ? asText(messages[0].writeKey) : undefined
      const store = await authoriseStore(c, world, {
        scopes: ['write', 'server'],
        keyInBody: asText(own.writeKey) ?? firstKey,
        store_id: c.req.query('store_id'),
      })
      const sentAt = asText(own.sentAt)
      const userAgent = c.req.header('user-agent') ?? ''
      const arrival = { store, protocol: 'segment', receivedAt, sentAt, userAgent } as const
      const visitor = messages.some(isCookieless) ? await cookielessVisitor(world, c, store, receivedAt) : undefined
      const taken = await takeMessages(world, messages, { ...arrival, ...(visitor !== undefined && { visitor }) })
      countLosses(world.metrics, store.store_id, own.context)
      return c.json(taken)
    } finally {
      held.release()
    }
  }
  const app = new Hono()
  for (const path of ['/batch', '/b', '/import']) app.post(path, (c) => take(c, messagesOf))
  for (const [path, type] of Object.entries(forms))
    app.post(`/${path}`, (c) => take(c, (body) => messageOf(body, type)))
  return app
}
