import { expect, test } from 'vitest'
import { incidentCard } from '../card/incident-card.ts'
import { waitingOf } from '../testing.ts'
import { dingtalkMessage } from './dingtalk.ts'
import { emailMessage } from './email.ts'
import { feishuCard } from './feishu.ts'
import { slackMessage } from './slack.ts'
import { isTaken, smsBody } from './sms.ts'
import { wecomMessages } from './wecom.ts'

const links = { incident: 'https://g.cn/i', acknowledge: 'https://g.cn/a', silence: 'https://g.cn/s', picture: 'https://g.cn/p.png' } // biome-ignore format: a list
const cardFor = (mention: string[], language: 'zh' | 'en' = 'zh', owner = '') => {
  const notification = waitingOf()
  const card = incidentCard({
    notification: { ...notification, value: { ...notification.value, owner } },
    ...{ key: 'k1', store: { name: '小店', currency: 'CNY', time_zone: 'Asia/Shanghai' }, links },
    ...{ contactPoint: { language, mention }, now: new Date('2026-11-11T02:45:20.000Z') },
  })
  return card
}

test('WeCom: markdown with links, a mention by user id in it and one by phone after it, and nothing a stranger can inject', () => {
  expect(wecomMessages(cardFor(['zhangsan', '13800138000']))).toEqual({
    card: {
      msgtype: 'markdown',
      markdown: {
        content: [
          '**<font color="warning">【严重】告警：访客骤降 · 抖音 低于预期 62%</font>**',
          '> <font color="comment">指标</font> 访客数（抖音） 实际 380，预期 1,000',
          '> <font color="comment">金额</font> 每小时少 ¥1.23万，至今少 ¥3.4万',
          '> <font color="comment">开始</font> 11月11日 10:35，已 10分钟',
          '> <font color="comment">主要原因</font> 抖音 占 71%、mobile × ＜＠all＞ ［点我］(http：//evil.example) ＊x＊ 占 12%',
          '> <font color="comment">同时发生</font> 10:31 改价：面膜 ¥99 → ¥129',
          '> <font color="comment">建议</font> 看直播间是否被限流。',
          '[查看事件](https://g.cn/i)　[我来处理](https://g.cn/a)　[静默 1 小时](https://g.cn/s)',
          '<font color="comment">小店</font>',
          '<@zhangsan>',
        ].join('\n'),
      },
    },
    mentions: {
      msgtype: 'text',
      text: { content: '【严重】告警：访客骤降 · 抖音 低于预期 62%', mentioned_mobile_list: ['13800138000'] },
    },
  })
})

test('WeCom: a markdown of a robot holds 4096 bytes, and the buttons are among them', () => {
  const card = cardFor([])
  const facts = Array.from({ length: 80 }, (_, at) => ({ label: '原因', text: `第 ${at} 个：${'长'.repeat(30)}` }))
  const { card: message } = wecomMessages({ ...card, facts }) as { card: { markdown: { content: string } } }
  expect(Buffer.byteLength(message.markdown.content)).toBeLessThanOrEqual(4096)
  expect(message.markdown.content).toContain('(https://g.cn/a)')
})

test('WeCom: a digest names each incident, without links where they do not fit', () => {
  const card = { ...cardFor([]), facts: [] }
  const items = (length: number) =>
    Array.from({ length: 15 }, (_, at) => ({ text: `第 ${at} 个：${'长'.repeat(length)}`, href: 'https://g.cn/i' }))
  const contentOf = (length: number) => {
    const { card: message } = wecomMessages({ ...card, items: items(length) })
    return (message as { markdown: { content: string } }).markdown.content
  }
  expect(contentOf(20)).toContain('> [第 14 个：')
  const long = contentOf(300)
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(4096)
  for (const { text } of items(8)) expect(long).toContain(`> ${text}`)
  expect(long).toContain('(https://g.cn/a)')
})

test('DingTalk: an action card with buttons; one that mentions somebody is a markdown', () => {
  const text = [
    '### 【严重】告警：访客骤降 · 抖音 低于预期 62%',
    '- **指标** 访客数（抖音） 实际 380，预期 1,000',
    '- **金额** 每小时少 ¥1.23万，至今少 ¥3.4万',
    '- **开始** 11月11日 10:35，已 10分钟',
    '- **主要原因** 抖音 占 71%、mobile × ＜＠all＞ ［点我］(http：//evil.example) ＊x＊ 占 12%',
    '- **同时发生** 10:31 改价：面膜 ¥99 → ¥129',
    '- **建议** 看直播间是否被限流。',
    '![](https://g.cn/p.png)',
    '###### 小店',
  ]
  const title = '【严重】告警：访客骤降 · 抖音 低于预期 62%'
  expect(dingtalkMessage(cardFor([]))).toEqual({
    msgtype: 'actionCard',
    actionCard: {
      ...{ title, text: text.join('\n\n'), btnOrientation: '1' },
      btns: [
        { title: '查看事件', actionURL: 'https://g.cn/i' },
        { title: '我来处理', actionURL: 'https://g.cn/a' },
        { title: '静默 1 小时', actionURL: 'https://g.cn/s' },
      ],
    },
  })
  expect(dingtalkMessage(cardFor(['13800138000', 'user7']))).toEqual({
    msgtype: 'markdown',
    markdown: {
      title,
      text: [
        ...text,
        '[查看事件](https://g.cn/i)　[我来处理](https://g.cn/a)　[静默 1 小时](https://g.cn/s)',
        '@13800138000 @user7',
      ].join('\n\n'),
    },
    at: { atMobiles: ['13800138000'], atUserIds: ['user7'], isAtAll: false },
  })
})

test('Feishu: an interactive card with a header of the severity, fields, buttons and mentions, its owner by e-mail', () => {
  expect(feishuCard(cardFor(['ou_1'], 'zh', 'li@shop.cn'))).toEqual({
    config: { wide_screen_mode: true },
    header: {
      title: { tag: 'plain_text', content: '【严重】告警：访客骤降 · 抖音 低于预期 62%' },
      template: 'red',
    },
    elements: [
      {
        tag: 'div',
        fields: [
          '**指标** 访客数（抖音） 实际 380，预期 1,000',
          '**金额** 每小时少 ¥1.23万，至今少 ¥3.4万',
          '**开始** 11月11日 10:35，已 10分钟',
          '**主要原因** 抖音 占 71%、mobile × &#60;@all&#62; &#91;点我&#93;(http：//evil.example) &#42;x&#42; 占 12%',
          '**同时发生** 10:31 改价：面膜 ¥99 → ¥129',
          '**建议** 看直播间是否被限流。',
          '**负责人** li@shop.cn',
        ].map((content) => ({ is_short: false, text: { tag: 'lark_md', content } })),
      },
      { tag: 'div', text: { tag: 'lark_md', content: '<at email="li@shop.cn"></at> <at id="ou_1"></at>' } },
      {
        tag: 'action',
        actions: [
          { tag: 'button', text: { tag: 'plain_text', content: '查看事件' }, type: 'default', url: 'https://g.cn/i' },
          { tag: 'button', text: { tag: 'plain_text', content: '我来处理' }, type: 'primary', url: 'https://g.cn/a' },
          {
            tag: 'button',
            text: { tag: 'plain_text', content: '静默 1 小时' },
            type: 'default',
            url: 'https://g.cn/s',
          },
        ],
      },
      { tag: 'note', elements: [{ tag: 'plain_text', content: '小店' }] },
    ],
  })
})

test('Slack: blocks with fields, the picture, and buttons that are links', () => {
  const field = (label: string, text: string) => ({ type: 'mrkdwn', text: `*${label}*\n${text}` })
  const button = (text: string, url: string) => ({ type: 'button', text: { type: 'plain_text', text }, url })
  expect(slackMessage(cardFor(['U123', 'here'], 'en'))).toEqual({
    text: '[critical] Alert: 访客骤降 · Douyin 62% below expected — Visitors (Douyin) 380, expected 1,000, ¥12.35K lost per hour, ¥34K so far — <@U123> <!here>',
    attachments: [
      {
        color: '#c92a2a',
        blocks: [
          {
            type: 'header',
            text: { type: 'plain_text', text: '[critical] Alert: 访客骤降 · Douyin 62% below expected' },
          },
          {
            type: 'section',
            fields: [
              field('Metric', 'Visitors (Douyin) 380, expected 1,000'),
              field('Money', '¥12.35K lost per hour, ¥34K so far'),
              field('Since', 'Nov 11 10:35, for 10 minutes'),
              field('Main causes', 'Douyin 71%, mobile × &lt;@all&gt; [点我](http：//evil.example) *x* 12%'),
              field('Also happened', '10:31 Price change: 面膜 ¥99 → ¥129'),
              field('Advice', 'See whether the live room is throttled.'),
            ],
          },
          {
            type: 'image',
            image_url: 'https://g.cn/p.png',
            alt_text: '[critical] Alert: 访客骤降 · Douyin 62% below expected',
          },
          {
            type: 'actions',
            elements: [
              button('Open incident', 'https://g.cn/i'),
              { ...button('Acknowledge', 'https://g.cn/a'), style: 'primary' },
              button('Silence 1 h', 'https://g.cn/s'),
            ],
          },
          { type: 'context', elements: [{ type: 'mrkdwn', text: '小店 <@U123> <!here>' }] },
        ],
      },
    ],
  })
})

test('e-mail: the subject tells state, what and how much; ids make threads; text from outside is text', () => {
  const message = emailMessage(cardFor([]), { to: ['ops@shop.cn'], from: 'guanlan@shop.cn' }, Buffer.from('png'))
  const thread = '<f4c9a0c5b1f54ab8c4d49fb498b82f24.incident@shop.cn>'
  expect(message).toMatchObject({
    to: ['ops@shop.cn'],
    from: { name: 'Guanlan', address: 'guanlan@shop.cn' },
    subject: '【严重】告警：访客骤降 · 抖音 低于预期 62%',
    messageId: '<k1@shop.cn>',
    inReplyTo: thread,
    references: [thread],
    attachments: [{ filename: 'incident.png', contentType: 'image/png', cid: 'picture@guanlan' }],
  })
  expect(message.html).toContain('src="cid:picture@guanlan"')
  expect(message.html).toContain('&lt;@all&gt; [点我](http：//evil.example)')
  expect(message.html).toContain('href="https://g.cn/a"')
  expect(message.text).toContain('金额: 每小时少 ¥1.23万，至今少 ¥3.4万')
  expect(emailMessage(cardFor([]), { to: ['a@b.cn'], from: 'c@d.cn' }).html).not.toContain('cid:')
})

test('SMS: a template is filled in as its content type wants, and an answer is judged in time whatever the pattern', () => {
  const template = '{"to":"{{phone}}","text":"【店】{{text}} {{other}}"}'
  const body = smsBody(template, { phone: '13800138000', text: '说 "降了" {{phone}}\\' })
  expect(JSON.parse(body)).toEqual({ to: '13800138000', text: '【店】说 "降了" {{phone}}\\ {{other}}' })
  const form = smsBody('mobile={{phone}}&content={{text}}', { phone: '+8613800138000', text: '【店】降了 62%&x=1' }, 'application/x-www-form-urlencoded; charset=utf-8') // biome-ignore format: one call
  expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
    mobile: '+8613800138000',
    content: '【店】降了 62%&x=1',
  })
  expect(smsBody('<m>{{text}}</m>', { phone: '1', text: '降 <62%> & "x"' }, 'application/xml')).toBe('<m>降 &#60;62%&#62; &#38; &#34;x&#34;</m>') // biome-ignore format: one line
  expect([isTaken('', 'x'), isTaken('"code":\\s*"?OK', '{"code": "OK"}'), isTaken('OK', '{"code":"FAIL"}')]).toEqual([
    ...[true, true, false],
  ])
  const begun = performance.now()
  expect(isTaken('(a+)+$', `${'a'.repeat(5000)}!`)).toBe(false)
  expect(performance.now() - begun).toBeLessThan(2000)
})
