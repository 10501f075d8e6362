import { createHmac } from 'node:crypto'
import { lossOf } from '@guanlan/warehouse/alerts/loss-of'
import type { Waiting } from '@guanlan/warehouse/alerts/outbox'
import type { Card } from '../card/card.ts'
import type { Links } from '../card/incident-card.ts'
import { answerText, judgeStatus } from '../judge.ts'
import type { Sender } from '../sender.ts'

/** What a webhook is told; documented in docs/alerts.md. */
export function webhookEvent(notification: Waiting, { key, card, links }: { key: string; card: Card; links: Links }) {
  const { store_id, incident_id, incident_version, transition, at, value } = notification
  const { links_used: _, ...incident } = value
  const loss = lossOf(value.explanation)
  const isOpen = card.buttons.length > 1
  return {
    type: `incident.${transition}`,
    id: key,
    ...{ store_id, incident_id, version: incident_version, at, incident },
    lost: loss ? { ...loss, currency: value.explanation?.currency } : null,
    text: { title: card.title, summary: card.summary },
    links: {
      incident: links.incident,
      ...(isOpen && { acknowledge: links.acknowledge, silence: links.silence }),
    },
  }
}

/** `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 under the secret of the seconds, a point and the body as sent. */
function webhookSignature(secret: string, body: string, now: Date): string {
  const t = Math.floor(+now / 1000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`
}

/** Somebody's own receiver: any 2xx is good. */
export const webhook: Sender<'webhook'> = async ({ url, secret }, { card, event }, { net, now }) => {
  const body = JSON.stringify(event)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Guanlan',
    'idempotency-key': card.key,
    ...(secret !== '' && { 'x-guanlan-signature': webhookSignature(secret, body, now) }),
  }
  const answer = await net.post(url, { headers, body })
  return judgeStatus(answer, now) ?? { ok: true, answer: answerText(answer) }
}
