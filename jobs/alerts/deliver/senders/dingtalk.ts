import { createHmac } from 'node:crypto'
import type { Card } from '../card/card.ts'
import { judgeRobot } from '../judge.ts'
import { plain } from '../plain.ts'
import type { Sender } from '../sender.ts'

/** A robot with a secret is signed: timestamp in ms, HMAC-SHA256 of it, a line feed and the secret. */
export function dingtalkUrl(url: string, secret: string, now: Date): string {
  if (secret === '') return url
  const timestamp = String(+now)
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  const signed = new URL(url)
  signed.searchParams.set('timestamp', timestamp)
  signed.searchParams.set('sign', sign)
  return signed.href
}

const textOf = (card: Card) => [
  `### ${plain(card.title)}`,
  ...card.facts.map(({ label, text }) => `- **${plain(label)}** ${plain(text)}`),
  ...card.items.map(({ text, href }) => `- [${plain(text)}](${href})`),
  ...(card.picture ? [`![](${card.picture})`] : []),
  `###### ${plain(card.footer)}`,
]

/** With buttons an action card; one that mentions somebody is a markdown, because an action card cannot. */
export function dingtalkMessage(card: Card): unknown {
  const title = plain(card.title)
  const { ids } = card.mention
  if (ids.length === 0) {
    const btns = card.buttons.map(({ text, href }) => ({ title: text, actionURL: href }))
    return {
      msgtype: 'actionCard',
      actionCard: { title, text: textOf(card).join('\n\n'), btnOrientation: '1', btns },
    }
  }
  const links = card.buttons.map(({ text, href }) => `[${plain(text)}](${href})`).join('　')
  const phones = ids.filter((id) => /^\+?[\d-]{6,20}$/.test(id))
  const users = ids.filter((id) => !phones.includes(id))
  const text = [...textOf(card), links, ids.map((id) => `@${id}`).join(' ')].join('\n\n')
  return {
    msgtype: 'markdown',
    markdown: { title, text },
    at: { atMobiles: phones, atUserIds: users, isAtAll: false },
  }
}

/** Robot gone, switched off or not of this group, wrong signature, keyword or address, unsafe or malformed text. */
const never = new Set([310_000, 300_001, 300_005, 400_013, 400_101, 400_102, 400_105, 400_106, 40_035, 43_004, 430_101, 430_102, 430_103, 430_104]) // biome-ignore format: a list

/** A DingTalk custom robot: https://open.dingtalk.com/document/robots/custom-robot-access */
export const dingtalk: Sender<'dingtalk'> = async ({ url, secret }, { card }, { net, now }) => {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const answer = await net.post(dingtalkUrl(url, secret, now), { headers, body: JSON.stringify(dingtalkMessage(card)) })
  return judgeRobot(answer, now, {
    // More than 20 a minute; a robot that goes on is shut out for ten.
    limited: (code) => code === 130_101 || code === 410_100 || code === 302_033,
    never: (code) => never.has(code),
  })
}
