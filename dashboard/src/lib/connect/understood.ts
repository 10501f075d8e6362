import { durationText } from '#lib/format/ages.ts'
import { momentText } from '#lib/format/dates.ts'
import type { NumberFormats } from '#lib/format/numbers.ts'
import { m } from '#lib/paraglide/messages.js'
import type { LabelledEvent } from '#lib/server/connect/load-debugger.ts'
import { botWord } from './words.ts'

interface Reader {
  formats: NumberFormats
  time_zone: string
}

type Understood = NonNullable<LabelledEvent['understood']>

/** Which clock counts: a difference of seconds is the way that a request takes, and corrects nothing. */
function timeOf({ timestamp, occurred_at }: Understood, { formats, time_zone }: Reader): string {
  const off = Math.abs(Date.parse(occurred_at) - Date.parse(timestamp)) / 1000
  if (off < 1) return m.connect_u_exact()
  const at = momentText(formats.language, timestamp, { timeZone: time_zone })
  return m.connect_u_corrected({ at, span: durationText(formats.language, off) })
}

function sessionOf({ session }: Understood, channel: string, { formats, time_zone }: Reader): string {
  if (session === null) return m.connect_u_session_none()
  const at = momentText(formats.language, session.started_at, { timeZone: time_zone })
  return m.connect_u_session_text({ at, channel, events: formats.exact(session.events, 'count') })
}

/** How an event was understood, as names and values in the reader's language; what is not told is left out. */
export function understoodWords(event: LabelledEvent, reader: Reader): [name: string, value: string][] {
  const { understood, labels } = event
  const ids: [string, string][] = [
    [m.connect_u_visitor(), event.visitor_id],
    [m.connect_u_customer(), event.customer_id],
    [m.connect_u_order(), event.order_id],
    [m.connect_u_message(), understood ? event.id : ''],
  ]
  const told = (words: [string, string][]) => words.filter(([, value]) => value !== '')
  if (!understood) return told(ids)
  const { language } = reader.formats
  const join = (...parts: string[]) => parts.filter((part) => part !== '').join(' / ')
  const reasons = understood.bot_reasons.map(botWord).join(language === 'zh' ? '，' : ', ')
  const sold = understood.value !== 0 || understood.currency !== ''
  return told([
    [m.connect_u_occurred(), momentText(language, understood.occurred_at, { timeZone: reader.time_zone })],
    [m.connect_u_clock(), timeOf(understood, reader)],
    [m.connect_u_channel(), labels.channel || m.connect_u_channel_none()],
    [m.connect_u_source(), join(understood.source, understood.medium)],
    [m.connect_u_campaign(), understood.campaign],
    [m.connect_u_session(), sessionOf(understood, labels.session_channel, reader)],
    [m.connect_u_device(), join(labels.device, understood.browser, understood.os)],
    [m.connect_u_page(), understood.url || understood.path],
    [m.connect_u_page_type(), understood.page_type],
    [m.connect_u_referrer(), understood.referrer],
    [
      m.connect_u_product(),
      understood.sku && join(understood.sku, understood.quantity > 0 ? `× ${understood.quantity}` : ''),
    ],
    [
      m.connect_u_value(),
      sold ? `${reader.formats.exact(understood.value, 'count')} ${understood.currency}`.trim() : '',
    ],
    [m.connect_u_bot(), understood.is_bot ? m.connect_u_bot_yes({ reasons }) : m.connect_u_bot_no()],
    ...ids,
  ])
}
