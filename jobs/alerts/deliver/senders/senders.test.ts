import { createHash, createHmac } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { incidentCard } from '../card/incident-card.ts'
import { openNet } from '../net/net.ts'
import type { Outgoing, Tools, Verdict } from '../sender.ts'
import { waitingOf } from '../testing.ts'
import { startReceiver } from '../testing-receiver.ts'
import { dingtalk } from './dingtalk.ts'
import { feishu } from './feishu.ts'
import { slack } from './slack.ts'
import { sms } from './sms.ts'
import { webhook, webhookEvent } from './webhook.ts'
import { wecom } from './wecom.ts'

const now = new Date('2026-11-11T02:45:20.000Z')
const links = { incident: 'https://g.cn/i', acknowledge: 'https://g.cn/a', silence: 'https://g.cn/s' }
const outgoing = (mention: string[] = []): Outgoing => {
  const notification = waitingOf()
  const card = incidentCard({
    ...{ notification, key: 'k1', store: { name: '小店', currency: 'CNY', time_zone: 'Asia/Shanghai' }, links, now },
    contactPoint: { language: 'zh', mention },
  })
  return { card, event: webhookEvent(notification, { key: 'k1', card, links }) }
}
const png = Buffer.from('a picture')
const tools = (more: Partial<Tools> = {}): Tools => ({
  ...{ net: openNet({ allow: '127.0.0.0/8', timeoutMs: 2000 }), now },
  ...{ picture: async () => undefined, mayFollow: async () => true },
  ...more,
})

const followed = (verdict: Verdict) => (verdict.ok ? verdict.follow?.() : undefined)

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})
async function receiver(...args: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...args)
  stops.push(started.stop)
  return started
}

test('WeCom: the card, then mentions by phone and the picture; 200 with another code than 0 is no success', async () => {
  const { url, received } = await receiver(() => ({ body: { errcode: 0, errmsg: 'ok' } }))
  const sent = await wecom({ url: `${url}/send?key=1` }, outgoing(['13800138000']), tools({ picture: async () => png }))
  expect(sent).toMatchObject({ ok: true, answer: '200 {"errcode":0,"errmsg":"ok"}' })
  expect(received).toHaveLength(1)
  expect(await followed(sent)).toBe('')
  expect(received.map(({ json, path }) => [path, (json as { msgtype: string }).msgtype])).toEqual([
    ['/send?key=1', 'markdown'],
    ['/send?key=1', 'text'],
    ['/send?key=1', 'image'],
  ])
  expect(received[2]?.json).toEqual({
    ...{
      msgtype: 'image',
      image: { base64: png.toString('base64'), md5: createHash('md5').update(png).digest('hex') },
    },
  })
})

test.each([
  [
    { errcode: 45009, errmsg: 'api freq out of limit' },
    { why: 'limited', after_ms: 60_000 },
  ],
  [{ errcode: 93000, errmsg: 'invalid webhook url' }, { why: 'never' }],
  [{ errcode: 40058, errmsg: 'invalid Request Parameter' }, { why: 'never' }],
  [{ errcode: -1, errmsg: 'system busy' }, { why: 'again' }],
  ['<html>login</html>', { why: 'again' }],
])('WeCom answers %j: %j', async (body, verdict) => {
  const { url, received } = await receiver(() => ({ body }))
  expect(await wecom({ url }, outgoing(['13800138000']), tools())).toMatchObject({ ok: false, ...verdict })
  expect(received).toHaveLength(1)
})

test('WeCom: a picture that is not taken fails nothing, and is not sent when there is no room or it is too large', async () => {
  const { url, received } = await receiver((_, count) => ({
    body: count === 1 ? { errcode: 0 } : { errcode: 40009, errmsg: 'invalid image size' },
  }))
  const picture = async () => png
  expect(await followed(await wecom({ url }, outgoing(), tools({ picture })))).toBe('40009: invalid image size')
  expect(received).toHaveLength(2)
  const full = await receiver(() => ({ body: { errcode: 0 } }))
  const large = async () => Buffer.alloc(2 * 1024 * 1024 + 1)
  for (const more of [{ picture, mayFollow: async () => false }, { picture: large }]) {
    expect(await followed(await wecom({ url: full.url }, outgoing(), tools(more)))).toBe('')
  }
  expect(full.received).toHaveLength(2)
})

test('DingTalk: signed as the robot checks it, and judged by its code', async () => {
  const { url, received } = await receiver(({ path }) => {
    const asked = new URL(path, 'http://x')
    const timestamp = asked.searchParams.get('timestamp')
    const right = createHmac('sha256', 'SECabc').update(`${timestamp}\nSECabc`).digest('base64')
    const isRight = asked.searchParams.get('sign') === right && asked.searchParams.get('access_token') === 't'
    return { body: isRight ? { errcode: 0, errmsg: 'ok' } : { errcode: 310000, errmsg: 'sign not match' } }
  })
  const address = { url: `${url}/robot/send?access_token=t`, secret: 'SECabc' }
  expect(await dingtalk(address, outgoing(['13800138000']), tools())).toMatchObject({ ok: true })
  expect(received[0]?.json).toMatchObject({ msgtype: 'markdown', at: { atMobiles: ['13800138000'] } })
  expect(received[0]?.path).toContain('timestamp=1794365120000&sign=')
  expect(await dingtalk({ ...address, secret: 'SECother' }, outgoing(), tools())).toMatchObject({
    ...{ ok: false, why: 'never', error: '310000: sign not match' },
  })
})

test.each([130101, 410100])('DingTalk answers %d: not now', async (errcode) => {
  const { url } = await receiver(() => ({ body: { errcode, errmsg: 'send too fast' } }))
  expect(await dingtalk({ url, secret: '' }, outgoing(), tools())).toMatchObject({ why: 'limited', after_ms: 60_000 })
})

test('Feishu: signed in the body, and judged by code or the older StatusCode', async () => {
  const { url, received } = await receiver(({ json }) => {
    const { timestamp, sign } = json as { timestamp: string; sign: string }
    const right = createHmac('sha256', `${timestamp}\nsecret`).update('').digest('base64')
    return {
      body: sign === right ? { StatusCode: 0, StatusMessage: 'success' } : { code: 19021, msg: 'sign match fail' },
    }
  })
  expect(await feishu({ url, secret: 'secret' }, outgoing(['ou_1']), tools())).toMatchObject({ ok: true })
  expect(received[0]?.json).toMatchObject({ timestamp: '1794365120', msg_type: 'interactive', card: { header: { template: 'red' } } }) // biome-ignore format: one line
  expect(JSON.stringify(received[0]?.json)).toContain('<at id=\\"ou_1\\"></at>')
  expect(await feishu({ url, secret: 'other' }, outgoing(), tools())).toMatchObject({ why: 'never' })
})

test.each([
  [{ code: 0, msg: 'success', data: {} }, undefined],
  [{ code: 11232, msg: 'frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]' }, 'limited'],
  [{ code: 9499, msg: 'too many request' }, 'limited'],
  [{ code: 9499, msg: 'Bad Request' }, 'never'],
  [{ code: 19001, msg: 'param invalid: incoming webhook access token invalid' }, 'never'],
  [{ code: 10001, msg: 'internal error' }, 'again'],
])('Feishu answers %j: %s', async (body, why) => {
  const { url } = await receiver(() => ({ body }))
  const verdict = await feishu({ url, secret: '' }, outgoing(), tools())
  expect(verdict.ok ? undefined : verdict.why).toBe(why)
})

test.each([
  [200, {}, 'ok', undefined, undefined],
  [200, {}, '<html>', 'again', undefined],
  [400, {}, 'invalid_payload', 'never', undefined],
  [404, {}, 'no_service', 'never', undefined],
  [410, {}, 'channel_is_archived', 'never', undefined],
  [429, { 'retry-after': '30' }, '', 'limited', 30_000],
  [429, {}, '', 'limited', 60_000],
  [500, {}, 'rollup_error', 'again', undefined],
  [302, { location: 'https://elsewhere' }, '', 'never', undefined],
])('Slack answers %d %j %s: %s', async (status, headers, body, why, after_ms) => {
  const { url } = await receiver(() => ({ status, headers: headers as Record<string, string>, body }))
  const verdict = await slack({ url }, outgoing(), tools())
  expect(verdict.ok ? [] : [verdict.why, verdict.after_ms]).toEqual(why ? [why, after_ms] : [])
})

test('a webhook can check who sent it and what, and tell a copy by its key', async () => {
  const { url, received } = await receiver(() => ({ status: 204 }))
  expect(await webhook({ url: `${url}/hook`, secret: 'shh' }, outgoing(), tools())).toEqual({ ok: true, answer: '204' })
  const { headers, body, json } = received[0] as NonNullable<(typeof received)[0]>
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-guanlan-signature'])) ?? []
  expect(v1).toBe(createHmac('sha256', 'shh').update(`${t}.${body}`).digest('hex'))
  expect([t, headers['idempotency-key']]).toEqual(['1794365120', 'k1'])
  expect(json).toMatchObject({
    ...{ type: 'incident.opened', id: 'k1', store_id: 'main', incident_id: 'incident-1', version: 1 },
    incident: { metric: 'visitors', value: { expected: 1000, actual: 380 }, slice: { value: 'douyin' } },
    lost: { so_far: 34_000, per_hour: 12_345, currency: 'CNY' },
    text: { title: '【严重】告警：访客骤降 · 抖音 低于预期 62%' },
    links: { incident: 'https://g.cn/i', acknowledge: 'https://g.cn/a', silence: 'https://g.cn/s' },
  })
  expect(json).not.toHaveProperty('incident.links_used')
})

test.each([
  [200, undefined],
  [202, undefined],
  [301, 'never'],
  [400, 'never'],
  [401, 'never'],
  [408, 'again'],
  [503, 'again'],
])('a webhook answers %d: %s', async (status, why) => {
  const { url } = await receiver(() => ({ status }))
  const verdict = await webhook({ url, secret: '' }, outgoing(), tools())
  expect(verdict.ok ? undefined : verdict.why).toBe(why)
})

test('SMS: the gateway’s own words decide, and one number that got it is enough', async () => {
  const { url, received } = await receiver(({ json }) => ({
    body: { Code: (json as { to: string }).to === '13800138000' ? 'OK' : 'isv.MOBILE_NUMBER_ILLEGAL' },
  }))
  const address = {
    ...{ url, headers: { 'X-Key': 'app' }, body: '{"to":"{{phone}}","text":"{{text}}"}' },
    ...{ phones: ['13800138000', '1'], ok: '"Code":"OK"' },
  }
  expect(await sms(address, outgoing(), tools())).toMatchObject({
    ok: true,
    error: 'The answer does not match "Code":"OK"',
  })
  expect(received[0]?.json).toEqual({
    ...{ to: '13800138000', text: '告警：访客骤降 · 抖音 低于预期 62% 每小时少 ¥1.23万，至今少 ¥3.4万 10:35' },
  })
  expect(received.map(({ headers }) => [headers['x-key'], headers['idempotency-key']])).toEqual([
    ['app', 'k1-0'],
    ['app', 'k1-1'],
  ])
  expect(await sms({ ...address, phones: ['1'] }, outgoing(), tools())).toMatchObject({ ok: false, why: 'again' })
  expect(await sms({ ...address, ok: '(' }, outgoing(), tools())).toMatchObject({ ok: false, why: 'never' })
})

test('a receiver that hangs up, is not there, or may not be spoken to', async () => {
  const send = (url: string, net = tools().net) => webhook({ url, secret: '' }, outgoing(), tools({ net }))
  await expect(send('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'unreachable' })
  await expect(send('https://127.0.0.1/', openNet({ allow: '' }))).rejects.toMatchObject({ code: 'not_allowed' })
})
