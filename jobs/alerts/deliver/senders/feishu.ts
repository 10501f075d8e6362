import { createHmac } from 'node:crypto'
import type { Card } from '../card/card.ts'
import { judgeRobot } from '../judge.ts'
import type { Sender } from '../sender.ts'

const colors = { bad: 'red', warning: 'orange', info: 'blue', good: 'green' } as const

/** A robot with a secret is signed: seconds, and the HMAC-SHA256 of nothing under them, a line feed and the secret. */
export function feishuSign(secret: string, now: Date): { timestamp: string; sign: string } | undefined {
  if (secret === '') return undefined
  const timestamp = String(Math.floor(+now / 1000))
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') }
}

const text = (content: string) => ({ tag: 'plain_text', content })
const escaped = (content: string) => content.replace(/[&<>*~[\]`_]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function mentions({ ids, email }: Card['mention']): string {
  const named = ids.map((id) => `<at id="${id.replace(/["<>]/g, '')}"></at>`)
  return [...(email ? [`<at email="${email.replace(/["<>]/g, '')}"></at>`] : []), ...named].join(' ')
}

/** An interactive card. Pictures need an app of the group's company, which a robot is not: there is the button. */
export function feishuCard(card: Card): unknown {
  const whom = mentions(card.mention)
  const fields = card.facts.map(({ label, text: told }) => ({
    is_short: false,
    text: { tag: 'lark_md', content: `**${escaped(label)}** ${escaped(told)}` },
  }))
  const items = card.items.map(({ text: told, href }) => `[${escaped(told)}](${href})`).join('\n')
  return {
    config: { wide_screen_mode: true },
    header: { title: text(card.title), template: colors[card.tone] },
    elements: [
      ...(fields.length > 0 ? [{ tag: 'div', fields }] : []),
      ...(items ? [{ tag: 'div', text: { tag: 'lark_md', content: items } }] : []),
      ...(whom ? [{ tag: 'div', text: { tag: 'lark_md', content: whom } }] : []),
      {
        tag: 'action',
        actions: card.buttons.map(({ text: told, href, primary }) => ({
          ...{ tag: 'button', text: text(told), type: primary ? 'primary' : 'default', url: href },
        })),
      },
      { tag: 'note', elements: [text(card.footer)] },
    ],
  }
}

/** No such robot, wrong signature, address or keyword, malformed card. */
const never = new Set([9499, 10_003, 11_246, 19_001, 19_002, 19_021, 19_022, 19_024, 230_099])

/** A Feishu custom robot: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot */
export const feishu: Sender<'feishu'> = async ({ url, secret }, { card }, { net, now }) => {
  const body = JSON.stringify({ ...feishuSign(secret, now), msg_type: 'interactive', card: feishuCard(card) })
  const answer = await net.post(url, { headers: { 'content-type': 'application/json; charset=utf-8' }, body })
  return judgeRobot(answer, now, {
    // 9499 is a request that is wrong or one too many: its text tells.
    limited: (code, message) => code === 11_232 || /frequency|too many|rate limit/i.test(message),
    never: (code) => never.has(code),
  })
}
