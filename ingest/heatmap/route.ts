import { type Context, Hono } from 'hono'
import { authoriseStore } from '../access/authorise.ts'
import { parseJson, readBody } from '../body/read-body.ts'
import { cookielessVisitor } from '../events/cookieless.ts'
import { readSentAt } from '../events/when.ts'
import { Problem } from '../problem.ts'
import type { World } from '../world.ts'
import type { Arrived, Body } from './read-heatmap.ts'
import { takeHeatmap } from './take-heatmap.ts'
import { takeSnapshot } from './take-snapshot.ts'

const asText = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function asObject(body: unknown): Body {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body
  throw new Problem('unreadable_body', 'The body is a JSON object, { writeKey, sentAt, view, … }.')
}

/** The view, with the visitor of the day where the browser keeps none. A view that is none is told of later. */
async function withVisitor(body: Body, visitor: () => Promise<string>): Promise<Body> {
  const view = body.view as Body | null | undefined
  if (typeof view !== 'object' || view === null || (view.visitorId ?? '') !== '') return body
  return { ...body, view: { ...view, visitorId: await visitor() } }
}

/** A view's clicks and readings: a beacon has 64 KiB. */
const mostBytes = 512 * 1024
const mostSnapshotBytes = 4 * 2 ** 20

/** What the tracker tells of a page view, and the copy of a page: docs/heatmaps.md. */
export function heatmap(world: World): Hono {
  const take = async <Answer>(
    c: Context,
    {
      route,
      maxBytes,
      how,
    }: { route: string; maxBytes: number; how: (world: World, arrived: Arrived) => Promise<Answer> },
  ) => {
    const receivedAt = world.now()
    const held = world.inFlight.hold()
    try {
      const text = await readBody(c, { maxBytes, held })
      world.metrics.bodyBytes.inc({ route }, text.length)
      const sent = asObject(parseJson(text))
      const store = await authoriseStore(c, world, {
        scopes: ['write', 'server'],
        keyInBody: asText(sent.writeKey),
        store_id: c.req.query('store_id'),
      })
      const body = await withVisitor(sent, () => cookielessVisitor(world, c, store, receivedAt))
      const sentAt = readSentAt(body.sentAt as string | number | null | undefined)
      const userAgent = c.req.header('user-agent') ?? ''
      return await how(world, { store, body, userAgent, clock: { sentAt, receivedAt } })
    } finally {
      held.release()
    }
  }
  const app = new Hono()
  app.post('/', async (c) => c.json(await take(c, { route: 'heatmap', maxBytes: mostBytes, how: takeHeatmap })))
  app.post('/snapshots', async (c) =>
    c.json(await take(c, { route: 'snapshots', maxBytes: mostSnapshotBytes, how: takeSnapshot })),
  )
  return app
}
