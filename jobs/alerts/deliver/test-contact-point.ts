import { randomUUID } from 'node:crypto'
import type { TestAnswer } from '../../queues.ts'
import type { Handler } from '../../world.ts'
import { attempt } from './attempt.ts'
import { testCard } from './card/test-card.ts'
import { limitedBy, openContactPoint, readContext } from './context.ts'
import type { Delivery } from './delivery.ts'
import { incidentsPage } from './links.ts'
import { limits } from './senders/senders.ts'

/** Sends a test message to a contact point, as it stands or as it is about to be saved; its answer tells what came of it. */
export const createTestContactPoint =
  (delivery: Delivery): Handler<'test-contact-point'> =>
  async (world, { store_id, contact_point_id, value }) => {
    const answer = (told: TestAnswer) => ({ did: { [told.ok ? 'sent' : 'failed']: 1 }, answer: told })
    const failed = (error: string) => answer({ ok: false, error, answer: '', milliseconds: 0 })
    const context = await readContext(world.warehouse, store_id)
    if (!context) return failed('The store is not there any more.')
    const contactPoint = value ?? context.contactPoints.get(contact_point_id)?.value
    // One that is switched off may be tried before it is switched on.
    const open = openContactPoint(contactPoint && { ...contactPoint, enabled: true }, delivery.secretKey)
    if (typeof open === 'string') return failed(open)
    const { isMerged: _, ...limit } = limits[open.type]
    if (!(await delivery.limiter.take(limitedBy(open), limit)))
      return failed('Too many messages: try again in a minute.')
    const now = delivery.clock()
    const key = randomUUID()
    const href = incidentsPage(delivery.dashboardUrl, store_id)
    const { name, language, mention } = open.value
    const card = testCard({ key, language, contactPoint: name, store: context.store.name, href, mention })
    const event = {
      type: 'test',
      id: key,
      store_id,
      at: now.toISOString(),
      text: { title: card.title, summary: card.summary },
    }
    const { verdict, milliseconds, note } = await attempt(world, delivery.metrics, {
      ...{ open, outgoing: { card, event } },
      tools: { net: delivery.net, now, picture: async () => undefined, mayFollow: async () => true },
      of: { store_id, contact_point_id, idempotency_key: '', incident_ids: [], transition: 'test' },
    })
    await note()
    return answer({ ok: verdict.ok, error: verdict.error ?? '', answer: verdict.answer, milliseconds })
  }
