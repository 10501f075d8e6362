import { createHash } from 'node:crypto'
import type { Card } from '../card/card.ts'
import { judgeRobot } from '../judge.ts'
import { plain } from '../plain.ts'
import type { Sender } from '../sender.ts'

/** https://developer.work.weixin.qq.com/document/path/91770: bytes of a markdown's content, of a picture. */
const most = { markdown: 4096, picture: 2 * 1024 * 1024 }

const colors = { bad: 'warning', warning: 'warning', info: 'comment', good: 'info' } as const
const isPhone = (id: string) => /^\+?\d{6,15}$/.test(id)

/** Cut within its bytes, after a whole sign. */
function clip(text: string, bytes: number): string {
  let cut = ''
  for (const sign of text) {
    if (Buffer.byteLength(cut + sign) > bytes - 3) return `${cut}…`
    cut += sign
  }
  return cut
}

/** Each incident of a digest: with its link where all of them fit, and no one left out in any case. */
function itemLines(items: Card['items'], bytes: number): string[] {
  const linked = items.map(({ text, href }) => `> [${plain(text)}](${href})`)
  if (Buffer.byteLength(linked.join('\n')) <= bytes) return linked
  return items.map(({ text }) => clip(`> ${plain(text)}`, Math.floor(bytes / items.length) - 1))
}

/** Cut after a whole line. */
function fitting(lines: readonly string[], bytes: number): string {
  let text = ''
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`
    if (Buffer.byteLength(longer) > bytes) break
    text = longer
  }
  return text
}

/**
 * Markdown rather than a template card: a robot's template card mentions nobody and holds six short fields. A markdown
 * mentions by user id alone, so phone numbers follow in a text of their own.
 */
export function wecomMessages(card: Card): { card: unknown; mentions?: unknown } {
  const mentioned = card.mention.ids.filter((id) => !isPhone(id)).map((id) => `<@${id.replace(/[<>\s]/g, '')}>`)
  const links = card.buttons.map(({ text, href }) => `[${plain(text)}](${href})`).join('　')
  const head = [`**<font color="${colors[card.tone]}">${plain(card.title)}</font>**`]
  const tail = [links, `<font color="comment">${plain(card.footer)}</font>`, ...mentioned].filter(Boolean)
  const left = most.markdown - Buffer.byteLength([...head, ...tail].join('\n')) - 2
  const facts = card.facts.map(({ label, text }) => `> <font color="comment">${plain(label)}</font> ${plain(text)}`)
  const middle = card.items.length > 0 ? itemLines(card.items, left).join('\n') : fitting(facts, left)
  const content = [...head, middle, ...tail].filter(Boolean).join('\n')
  const phones = card.mention.ids.filter(isPhone)
  return {
    card: { msgtype: 'markdown', markdown: { content } },
    ...(phones.length > 0 && {
      mentions: { msgtype: 'text', text: { content: card.title.slice(0, 500), mentioned_mobile_list: phones } },
    }),
  }
}

/** @returns nothing when the picture is larger than a robot takes */
function wecomPicture(png: Buffer): unknown {
  if (png.length > most.picture) return undefined
  const image = { base64: png.toString('base64'), md5: createHash('md5').update(png).digest('hex') }
  return { msgtype: 'image', image }
}

/** A WeCom group robot. Mentions by phone and the picture are messages of their own, whose failure fails nothing. */
export const wecom: Sender<'wecom'> = async ({ url }, { card }, { net, now, picture, mayFollow }) => {
  const send = async (message: unknown) => {
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    return judgeRobot(await net.post(url, { headers, body: JSON.stringify(message) }), now, {
      // 45009: more than 20 a minute.
      limited: (code) => code === 45009 || code === 45033,
      // 93…: no such robot, switched off, not in the group; 40…: what was sent is wrong.
      never: (code) => (code >= 93_000 && code < 94_000) || (code >= 40_000 && code < 45_000) || code === 45_002,
    })
  }
  const messages = wecomMessages(card)
  const verdict = await send(messages.card)
  if (!verdict.ok) return verdict
  const more = async (message: unknown) => {
    if (message === undefined || !(await mayFollow())) return ''
    return send(message).then(
      (told) => (told.ok ? '' : told.error),
      (error: Error) => error.message,
    )
  }
  const follow = async () => {
    // That it is over needs no picture.
    const png = card.tone === 'good' ? undefined : await picture()
    return [await more(messages.mentions), await more(png && wecomPicture(png))].filter(Boolean).join('; ')
  }
  return { ...verdict, follow }
}
