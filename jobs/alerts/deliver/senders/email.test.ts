import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { incidentCard } from '../card/incident-card.ts'
import { openNet } from '../net/net.ts'
import type { Tools } from '../sender.ts'
import { waitingOf } from '../testing.ts'
import { startMailServer } from '../testing-mail-server.ts'
import { email } from './email.ts'

const links = { incident: 'https://g.cn/i', acknowledge: 'https://g.cn/a', silence: 'https://g.cn/s' }
const now = new Date('2026-11-11T02:45:20.000Z')
const outgoing = (key: string, transition: 'opened' | 'resolved') => {
  const notification = waitingOf({ transition })
  const store = { name: '小店', currency: 'CNY', time_zone: 'Asia/Shanghai' }
  const contactPoint = { language: 'zh', mention: [] } as const
  return { card: incidentCard({ notification, key, store, links, now, contactPoint }), event: {} }
}
const tools = (more: Partial<Tools> = {}): Tools => ({
  ...{ net: openNet({ allow: '127.0.0.1' }), now, mayFollow: async () => true },
  picture: async () => Buffer.from('89504e47', 'hex'),
  ...more,
})

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function startSmtp(options: SMTPServerOptions = {}) {
  const { mails, smtp, stop } = await startMailServer(options)
  stops.push(stop)
  return { mails, address: { to: ['ops@shop.cn', 'boss@shop.cn'], from: 'guanlan@shop.cn', smtp } }
}

const header = (mail: string, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(mail)?.[1]?.trim()

test('a mail arrives with its picture inside, and those of one incident are one thread', async () => {
  const { mails, address } = await startSmtp()
  expect(await email(address, outgoing('k1', 'opened'), tools())).toMatchObject({ ok: true })
  expect(await email(address, outgoing('k2', 'resolved'), tools({ picture: async () => undefined }))).toMatchObject({
    ok: true,
  })
  const [opened = '', resolved = ''] = mails
  expect([header(opened, 'Message-ID'), header(resolved, 'Message-ID')]).toEqual(['<k1@shop.cn>', '<k2@shop.cn>'])
  expect(header(opened, 'References')).toMatch(/^<[0-9a-f]{32}\.incident@shop\.cn>$/)
  expect(header(resolved, 'References')).toBe(header(opened, 'References'))
  expect(header(opened, 'To')).toBe('ops@shop.cn, boss@shop.cn')
  expect(opened).toContain('Content-ID: <picture@guanlan>')
  expect(opened).toContain('Content-Type: image/png')
  expect(opened).toContain('multipart/alternative')
  expect(resolved).not.toContain('image/png')
})

test('an address that does not exist is final, one that is busy is not, and one of two that took it is enough', async () => {
  const answers: Record<string, number> = { 'gone@shop.cn': 550, 'busy@shop.cn': 451 }
  const { mails, address } = await startSmtp({
    onRcptTo: ({ address: to }, _, done) => {
      const responseCode = answers[to]
      done(responseCode ? Object.assign(new Error('not taken'), { responseCode }) : null)
    },
  })
  const send = (to: string[]) => email({ ...address, to }, outgoing('k1', 'opened'), tools())
  expect(await send(['gone@shop.cn'])).toMatchObject({ ok: false, why: 'never' })
  expect(await send(['busy@shop.cn'])).toMatchObject({ ok: false, why: 'again' })
  expect(await send(['gone@shop.cn', 'ops@shop.cn'])).toMatchObject({ ok: true, error: 'Refused: gone@shop.cn' })
  expect(mails).toHaveLength(1)
})

test('a wrong password is final, and a server that is not there is not', async () => {
  const { address } = await startSmtp({
    ...{ authOptional: false, allowInsecureAuth: true },
    onAuth: ({ password }, _, done) => {
      if (password === 'right') done(null, { user: 'u' })
      else done(Object.assign(new Error('wrong'), { responseCode: 535 }))
    },
  })
  const send = (password: string) =>
    email({ ...address, smtp: { ...address.smtp, user: 'u', password } }, outgoing('k1', 'opened'), tools())
  expect(await send('right')).toMatchObject({ ok: true })
  expect(await send('wrong')).toMatchObject({ ok: false, why: 'never' })
  const away = { ...address, smtp: { ...address.smtp, port: 9 } }
  expect(await email(away, outgoing('k1', 'opened'), tools())).toMatchObject({ ok: false, why: 'again' })
})

test('a mail server inside is spoken to only when it is allowed, and no password goes out in the clear', async () => {
  const { address, mails } = await startSmtp({ authOptional: true, allowInsecureAuth: true })
  const closed = tools({ net: openNet({ allow: '' }) })
  await expect(email(address, outgoing('k1', 'opened'), closed)).rejects.toMatchObject({ code: 'not_allowed' })
  const net = { ...tools().net, isAllowed: () => false }
  const withPassword = { ...address, smtp: { ...address.smtp, user: 'u', password: 'p' } }
  expect(await email(withPassword, outgoing('k1', 'opened'), tools({ net }))).toMatchObject({ ok: false })
  expect(mails).toEqual([])
})
