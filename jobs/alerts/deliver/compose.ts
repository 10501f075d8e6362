import { digestCard } from './card/digest-card.ts'
import { incidentCard } from './card/incident-card.ts'
import type { Context, Open } from './context.ts'
import type { Delivery } from './delivery.ts'
import type { Parcel } from './letters.ts'
import { incidentsPage, linksOf } from './links.ts'
import { parcelKey } from './parcel-key.ts'
import type { Outgoing } from './sender.ts'
import { webhookEvent } from './senders/webhook.ts'

interface Composing {
  context: Context
  target: string
  open: Open
  delivery: Delivery
  now: Date
}

/** The message of a parcel: an incident's own, or one of many. */
export function compose(parcel: Parcel, { context, target, open, delivery, now }: Composing): Outgoing {
  const { store, contactPoints } = context
  const base = delivery.dashboardUrl
  const single = parcel.map((letter) => {
    const { key, newest: notification } = letter
    const links = linksOf({ ...notification, contact_point_id: target }, { base, secretKey: delivery.secretKey, now })
    const missed = letter.contact_point_id === target ? undefined : contactPoints.get(letter.contact_point_id)
    const card = incidentCard({
      ...{ notification, key, store, links, now, contactPoint: open.value },
      ...(missed && { inPlaceOf: missed.value.name }),
    })
    return { card, event: webhookEvent(notification, { key, card, links }) }
  })
  const [first] = single
  if (first && single.length === 1) return first
  const all = incidentsPage(base, store.store_id)
  const told = { key: parcelKey(parcel), language: open.value.language, all, footer: store.name }
  const cards = single.map(({ card }) => card)
  return { card: digestCard(cards, told), event: single.map(({ event }) => event) }
}
