import type { Card } from '../card/card.ts'
import { answerText, judgeStatus } from '../judge.ts'
import type { Sender } from '../sender.ts'

/** https://docs.slack.dev/reference/block-kit: characters of a header, a section, a field; fields of a section. */
const most = { header: 150, section: 3000, field: 2000, fields: 10, button: 75 }
const colors = { bad: '#c92a2a', warning: '#e67700', info: '#1864ab', good: '#2b8a3e' } as const

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const cut = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`)
const words = (text: string, length: number) => ({ type: 'plain_text', text: cut(text, length) })

function mentions(ids: readonly string[]): string {
  return ids
    .map((id) => id.replace(/[<>@!\s]/g, ''))
    .map((id) => (['here', 'channel', 'everyone'].includes(id) ? `<!${id}>` : `<@${id}>`))
    .join(' ')
}

/** Block Kit. What stands in `text` is shown in the notification. */
export function slackMessage(card: Card): unknown {
  const whom = mentions(card.mention.ids)
  const list = card.items.map(({ text, href }) => `• <${href}|${escaped(text).replaceAll('|', '¦')}>`)
  const sections: string[] = []
  for (const line of list) {
    const last = sections.at(-1)
    if (last !== undefined && last.length + line.length < most.section)
      sections[sections.length - 1] = `${last}\n${line}`
    else sections.push(line)
  }
  const markdown = (text: string) => ({ type: 'mrkdwn', text })
  const fields = card.facts
    .slice(0, most.fields)
    .map(({ label, text }) => markdown(cut(`*${escaped(label)}*\n${escaped(text)}`, most.field)))
  const blocks = [
    { type: 'header', text: words(card.title, most.header) },
    ...(fields.length > 0 ? [{ type: 'section', fields }] : []),
    ...sections.map((text) => ({ type: 'section', text: markdown(text) })),
    ...(card.picture ? [{ type: 'image', image_url: card.picture, alt_text: cut(card.title, 200) }] : []),
    {
      type: 'actions',
      elements: card.buttons.map(({ text, href, primary }) => ({
        ...{ type: 'button', text: words(text, most.button), url: href },
        ...(primary && { style: 'primary' }),
      })),
    },
    { type: 'context', elements: [{ type: 'mrkdwn', text: [escaped(card.footer), whom].filter(Boolean).join(' ') }] },
  ]
  const text = [escaped(card.title), escaped(card.summary), whom].filter(Boolean).join(' — ')
  return { text, attachments: [{ color: colors[card.tone], blocks }] }
}

/** A Slack incoming webhook: it answers `ok`, or 4xx with a word that says why. */
export const slack: Sender<'slack'> = async ({ url }, { card }, { net, now }) => {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const answer = await net.post(url, { headers, body: JSON.stringify(slackMessage(card)) })
  const failed = judgeStatus(answer, now)
  if (failed) return failed
  if (answer.body.trim() === 'ok') return { ok: true, answer: answerText(answer) }
  return {
    ok: false,
    why: 'again',
    answer: answerText(answer),
    error: 'The answer is not ok: this is no Slack webhook.',
  }
}
