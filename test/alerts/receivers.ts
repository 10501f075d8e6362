import { createHmac } from 'node:crypto'
import { startMailServer } from '@guanlan/jobs/testing-mail-server'
import { startReceiver } from '@guanlan/jobs/testing-receiver'
import { sealAddress } from '@guanlan/warehouse/alerts/address'

const secret = 'SEC-of-a-robot'

/** A receiver of each kind, as strict as the real one: what is signed wrongly or has another form is refused as it would be there. */
export async function openReceivers(secretKey: string) {
  const problems: string[] = []
  const check = (kind: string, right: boolean, what: string) => {
    if (!right) problems.push(`${kind}: ${what}`)
    return right
  }
  const wecom = await startReceiver((got) => {
    const { msgtype, markdown, image } = got.json as {
      msgtype: string
      markdown?: { content: string }
      image?: object
    }
    const right = (msgtype === 'markdown' && typeof markdown?.content === 'string') || (msgtype === 'image' && image)
    return { body: check('wecom', Boolean(right), got.body.slice(0, 200)) ? { errcode: 0 } : { errcode: 40_008 } }
  })
  const dingtalk = await startReceiver((got) => {
    const { searchParams } = new URL(got.path, 'http://x')
    const timestamp = searchParams.get('timestamp') ?? ''
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
    const { msgtype } = got.json as { msgtype: string }
    const right = searchParams.get('sign') === sign && ['actionCard', 'markdown'].includes(msgtype)
    return { body: check('dingtalk', right, got.path) ? { errcode: 0 } : { errcode: 310_000 } }
  })
  const feishu = await startReceiver((got) => {
    const { timestamp, sign, msg_type } = got.json as { timestamp: string; sign: string; msg_type: string }
    const right = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64')
    const good = sign === right && msg_type === 'interactive'
    return { body: check('feishu', good, got.body.slice(0, 200)) ? { code: 0 } : { code: 19_021 } }
  })
  const slack = await startReceiver((got) => {
    const good = Array.isArray((got.json as { attachments?: unknown }).attachments)
    return check('slack', good, got.body.slice(0, 200)) ? { body: 'ok' } : { status: 400, body: 'invalid_payload' }
  })
  const webhook = await startReceiver((got) => {
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(got.headers['x-guanlan-signature'])) ?? []
    const right = createHmac('sha256', secret).update(`${t}.${got.body}`).digest('hex')
    const good = v1 === right && Boolean(got.headers['idempotency-key'])
    return { status: check('webhook', good, 'the signature') ? 200 : 401 }
  })
  const sms = await startReceiver((got) => {
    const { phone, text } = got.json as { phone: string; text: string }
    const good = /^\d+$/.test(phone) && text.length > 0 && text.length <= 70
    return { body: check('sms', good, got.body) ? { status: 'OK' } : { status: 'BAD' } }
  })
  const mail = await startMailServer()

  const phone = { body: '{"phone":"{{phone}}","text":"{{text}}"}', phones: ['13800000000'], ok: 'OK', headers: {} }
  const sealed = {
    wecom: sealAddress('wecom', { url: `${wecom.url}/cgi-bin/webhook/send?key=k` }, secretKey),
    dingtalk: sealAddress('dingtalk', { url: `${dingtalk.url}/robot/send?access_token=k`, secret }, secretKey),
    feishu: sealAddress('feishu', { url: `${feishu.url}/open-apis/bot/v2/hook/k`, secret }, secretKey),
    slack: sealAddress('slack', { url: `${slack.url}/services/k` }, secretKey),
    email: sealAddress('email', { to: ['ops@shop.cn'], from: 'guanlan@shop.cn', smtp: mail.smtp }, secretKey),
    webhook: sealAddress('webhook', { url: webhook.url, secret }, secretKey),
    sms: sealAddress('sms', { url: sms.url, ...phone }, secretKey),
  }
  const started = { wecom, dingtalk, feishu, slack, webhook, sms }
  /** How many messages each has got; a picture that follows a card is none. */
  const counts = () => ({
    ...Object.fromEntries(
      Object.entries(started).map(([kind, { received }]) => [
        kind,
        received.filter((got) => (got.json as { msgtype?: string }).msgtype !== 'image').length,
      ]),
    ),
    email: mail.mails.length,
  })
  return {
    ...{ sealed, problems, counts, ...started },
    close: () => {
      for (const { stop } of Object.values(started)) stop()
      mail.stop()
    },
  }
}
