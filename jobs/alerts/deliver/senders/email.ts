import { createHash } from 'node:crypto'
import type { Address } from '@guanlan/warehouse/alerts/address'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Card } from '../card/card.ts'
import type { Sender, Verdict } from '../sender.ts'

const colors = { bad: '#c92a2a', warning: '#e67700', info: '#1864ab', good: '#2b8a3e' } as const
const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
const pictureId = 'picture@guanlan'

function html(card: Card, withPicture: boolean): string {
  const facts = card.facts.map(
    ({ label, text }) =>
      `<tr><td style="padding:4px 16px 4px 0;color:#6b7280;white-space:nowrap;vertical-align:top">${escaped(label)}</td><td style="padding:4px 0">${escaped(text)}</td></tr>`,
  )
  const items = card.items.map(
    ({ text, href }) => `<li style="margin:4px 0"><a href="${escaped(href)}">${escaped(text)}</a></li>`,
  )
  const buttons = card.buttons.map(
    ({ text, href, primary }) =>
      `<a href="${escaped(href)}" style="display:inline-block;margin:0 8px 8px 0;padding:8px 16px;border-radius:6px;text-decoration:none;border:1px solid #1864ab;${primary ? 'background:#1864ab;color:#fff' : 'color:#1864ab'}">${escaped(text)}</a>`,
  )
  return [
    '<!doctype html><html><head><meta charset="utf-8"></head><body style="margin:0;padding:24px;font:14px/1.6 -apple-system,\'PingFang SC\',\'Microsoft YaHei\',sans-serif;color:#1f2937">',
    `<div style="max-width:640px;border-left:4px solid ${colors[card.tone]};padding-left:16px">`,
    `<h1 style="font-size:18px;margin:0 0 12px">${escaped(card.title)}</h1>`,
    facts.length > 0 ? `<table style="border-collapse:collapse">${facts.join('')}</table>` : '',
    items.length > 0 ? `<ul style="padding-left:20px">${items.join('')}</ul>` : '',
    withPicture ? `<p><img src="cid:${pictureId}" width="640" height="260" alt=""></p>` : '',
    `<p style="margin:16px 0 8px">${buttons.join('')}</p>`,
    `<p style="color:#6b7280;font-size:12px">${escaped(card.footer)}</p></div></body></html>`,
  ].join('')
}

const text = (card: Card) =>
  [
    card.title,
    '',
    ...card.facts.map(({ label, text: told }) => `${label}: ${told}`),
    ...card.items.map(({ text: told, href }) => `- ${told}\n  ${href}`),
    '',
    ...card.buttons.map(({ text: told, href }) => `${told}: ${href}`),
    '',
    card.footer,
  ].join('\n')

/** A message whose id is its key's, and which belongs to the thread of its incident. */
export function emailMessage(
  card: Card,
  { to, from }: Pick<Address<'email'>, 'to' | 'from'>,
  picture?: Buffer,
): SendMailOptions {
  const domain = from.split('@').at(-1) ?? 'guanlan'
  const thread = `<${createHash('sha256').update(card.thread).digest('hex').slice(0, 32)}.incident@${domain}>`
  return {
    ...{ to, from: { name: 'Guanlan', address: from }, subject: card.title.replace(/\s+/g, ' ') },
    ...{ messageId: `<${card.key}@${domain}>`, inReplyTo: thread, references: [thread] },
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    ...{ text: text(card), html: html(card, picture !== undefined) },
    ...(picture && {
      attachments: [{ filename: 'incident.png', content: picture, contentType: 'image/png', cid: pictureId }],
    }),
  }
}

interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
}

/** 5xx and a refused login will not be otherwise next time; everything else may. */
function judge(error: SmtpError): Verdict {
  const isFinal = (error.responseCode ?? 0) >= 500 || error.code === 'EAUTH' || error.code === 'EENVELOPE'
  const isSoft = (error.responseCode ?? 0) >= 400 && (error.responseCode ?? 0) < 500
  return { ok: false, why: isFinal && !isSoft ? 'never' : 'again', answer: error.response ?? '', error: error.message }
}

/** A mail over SMTP. The connection goes to the address that was looked at; the certificate is the name's. */
export const email: Sender<'email'> = async ({ to, from, smtp }, { card }, { net, picture }) => {
  const [at] = await net.resolve(smtp.host, smtp.port)
  const transport = createTransport({
    ...{ host: at?.address ?? smtp.host, port: smtp.port, secure: smtp.secure },
    // A password is not said in the clear, but to a host that the operator has allowed.
    requireTLS: !smtp.secure && smtp.user !== '' && !net.isAllowed(smtp.host, smtp.port),
    tls: { servername: smtp.host },
    ...(smtp.user !== '' && { auth: { user: smtp.user, pass: smtp.password } }),
    ...{ connectionTimeout: 8000, greetingTimeout: 8000, socketTimeout: 10_000, dnsTimeout: 3000 },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  try {
    const info = await transport.sendMail(emailMessage(card, { to, from }, await picture()))
    const refused = info.rejected.map(String)
    return {
      ...{ ok: true, answer: info.response.slice(0, 500) },
      ...(refused.length > 0 && { error: `Refused: ${refused.join(', ')}` }),
    }
  } catch (error) {
    return judge(error as SmtpError)
  } finally {
    transport.close()
  }
}
