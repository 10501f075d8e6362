import { expect, test } from 'vitest'
import { fallen, waitingOf } from '../testing.ts'
import { digestCard } from './digest-card.ts'
import { incidentCard } from './incident-card.ts'
import { smsText } from './sms-text.ts'

const links = { incident: 'https://g.cn/i', acknowledge: 'https://g.cn/a', silence: 'https://g.cn/s', picture: 'https://g.cn/p' } // biome-ignore format: a list
const store = { name: '小店', currency: 'CNY', time_zone: 'Asia/Shanghai' }
const now = new Date('2026-11-11T02:45:20.000Z')
const zh = { language: 'zh', mention: ['zhangsan'] } as const
const en = { language: 'en', mention: ['zhangsan'] } as const
const card = (notification = waitingOf(), contactPoint: typeof zh | typeof en = zh) =>
  incidentCard({ notification, key: 'k', store, contactPoint, links, now })

test('an alarm says what fell, by how much, since when, what it costs, why, what else changed and what to do', () => {
  expect(card()).toEqual({
    key: 'k',
    tone: 'bad',
    title: '【严重】告警：访客骤降 · 抖音 低于预期 62%',
    summary: '访客数（抖音） 实际 380，预期 1,000，每小时少 ¥1.23万，至今少 ¥3.4万',
    facts: [
      { label: '指标', text: '访客数（抖音） 实际 380，预期 1,000' },
      { label: '金额', text: '每小时少 ¥1.23万，至今少 ¥3.4万' },
      { label: '开始', text: '11月11日 10:35，已 10分钟' },
      { label: '主要原因', text: '抖音 占 71%、mobile × <@all> [点我](http：//evil.example) *x* 占 12%' },
      { label: '同时发生', text: '10:31 改价：面膜 ¥99 → ¥129' },
      { label: '建议', text: '看直播间是否被限流。' },
    ],
    items: [],
    buttons: [
      { text: '查看事件', href: 'https://g.cn/i', primary: false },
      { text: '我来处理', href: 'https://g.cn/a', primary: true },
      { text: '静默 1 小时', href: 'https://g.cn/s', primary: false },
    ],
    mention: { ids: ['zhangsan'], email: '' },
    footer: '小店',
    sms: '告警：访客骤降 · 抖音 低于预期 62% 每小时少 ¥1.23万，至今少 ¥3.4万 10:35',
    thread: 'main/incident-1',
    picture: 'https://g.cn/p',
  })
})

test('the same in English', () => {
  const { title, facts } = card(waitingOf(), en)
  expect(title).toBe('[critical] Alert: 访客骤降 · Douyin 62% below expected')
  expect(facts.slice(0, 5)).toEqual([
    { label: 'Metric', text: 'Visitors (Douyin) 380, expected 1,000' },
    { label: 'Money', text: '¥12.35K lost per hour, ¥34K so far' },
    { label: 'Since', text: 'Nov 11 10:35, for 10 minutes' },
    { label: 'Main causes', text: 'Douyin 71%, mobile × <@all> [点我](http：//evil.example) *x* 12%' },
    { label: 'Also happened', text: '10:31 Price change: 面膜 ¥99 → ¥129' },
  ])
})

test('a rate that nobody knows is not told: the sum so far is no loss per hour', () => {
  const { explanation } = fallen
  if (!explanation) throw new Error('The incident of the tests is explained.')
  const money = { ...explanation.money, per_hour: null }
  const { facts } = card(waitingOf({ value: { ...fallen, explanation: { ...explanation, money } } }), en)
  expect(facts[1]).toEqual({ label: 'Money', text: '¥34K lost in all' })
})

test('what is over says how long it lasted and what it cost, mentions nobody and has one button', () => {
  const value = { ...fallen, state: 'resolved' as const, resolved_at: '2026-11-11T03:40:00.000Z', owner: 'li@shop.cn' }
  const over = card(waitingOf({ transition: 'resolved', value }))
  expect(over.title).toBe('已恢复：访客骤降 · 抖音')
  expect(over.tone).toBe('good')
  expect(over.facts.slice(0, 2)).toEqual([
    { label: '金额', text: '共少 ¥3.4万' },
    { label: '持续', text: '1小时5分钟' },
  ])
  expect(over.mention).toEqual({ ids: [], email: '' })
  expect(over.buttons).toHaveLength(1)
  expect(over.picture).toBeUndefined()
})

test('without an explanation it says what is known', () => {
  const bare = card(waitingOf({ value: { ...fallen, slice: null, explanation: null } }))
  expect(bare.facts).toEqual([
    { label: '指标', text: '访客数 实际 380，预期 1,000' },
    { label: '开始', text: '11月11日 10:35，已 10分钟' },
  ])
  const value = { ...fallen.value, expected: null, actual: null }
  const nothing = card(
    waitingOf({ value: { ...fallen, slice: null, explanation: null, finding: 'data_stopped', value } }),
  )
  expect(nothing.title).toBe('【严重】告警：访客骤降 数据中断')
  expect(nothing.facts[0]).toEqual({ label: '指标', text: '访客数 实际 –' })
})

test('no data is told apart from no traffic, and a fallback says in whose place it was told', () => {
  const explanation = fallen.explanation && { ...fallen.explanation, data_trouble: 'ingest_down' as const }
  const told = incidentCard({
    ...{
      notification: waitingOf({ value: { ...fallen, explanation } }),
      key: 'k',
      store,
      contactPoint: zh,
      links,
      now,
    },
    inPlaceOf: '运营群',
  })
  expect(told.facts[1]).toEqual({ label: '数据', text: '没有数据，不是没有流量：接收服务停了' })
  expect(told.footer).toBe('小店 · 运营群 无法送达，改发到这里')
})

test('a digest has a line for each, and the colour of the worst', () => {
  const one = card()
  const info = { ...one, tone: 'info' as const, title: '轻', mention: { ids: ['lisi'], email: 'a@b.cn' } }
  const told = digestCard([info, one], { key: 'd', language: 'zh', all: 'https://g.cn/all', footer: '小店' })
  expect([told.title, told.tone, told.mention]).toEqual([
    '2 个告警合并通知',
    'bad',
    { ids: ['lisi', 'zhangsan'], email: 'a@b.cn' },
  ])
  expect(told.items[0]).toEqual({ text: '轻', href: 'https://g.cn/i' })
})

test('a text message has at most 70 characters, and its first part is cut only if it must be', () => {
  expect(smsText(['告警：访客骤降', undefined, '低于预期 62%'])).toBe('告警：访客骤降 低于预期 62%')
  expect(smsText(['a'.repeat(60), 'b'.repeat(20), 'c'])).toBe('a'.repeat(60))
  const cut = smsText(['😀'.repeat(50)])
  expect([cut.length, cut]).toEqual([69, `${'😀'.repeat(34)}…`])
})

test('a ready-made rule is called as the contact point speaks; one that somebody renamed as they did', () => {
  const called = (name: string, contactPoint: typeof zh | typeof en) =>
    card(waitingOf({ value: { ...fallen, rule: { ...fallen.rule, name } } }), contactPoint).title
  expect(called('渠道流量骤降 Traffic drop of a channel', zh)).toBe('【严重】告警：渠道流量骤降 · 抖音 低于预期 62%')
  expect(called('渠道流量骤降 Traffic drop of a channel', en)).toBe(
    '[critical] Alert: Traffic drop of a channel · Douyin 62% below expected',
  )
  expect(called('抖音盯盘', en)).toBe('[critical] Alert: 抖音盯盘 · Douyin 62% below expected')
})

test('what began on a holiday, or on a weekend’s day that is worked, says so, and when its range was wider', () => {
  const day = (began_at: string, contactPoint: typeof zh | typeof en, over: Partial<typeof fallen> = {}) =>
    card(waitingOf({ value: { ...fallen, began_at, ...over } }), contactPoint)
      .facts.filter(({ label }) => label === '日历' || label === 'Calendar')
      .map(({ text }) => text)
  expect(day('2026-10-02T03:00:00.000Z', zh)).toEqual(['国庆节 第2天，预期范围已放宽'])
  expect(day('2026-10-10T03:00:00.000Z', en)).toEqual(['Worked for National Day, judged in a wider range'])
  expect(day('2026-10-02T03:00:00.000Z', zh, { metric: 'slow_page_share', finding: 'spike' })).toEqual(['国庆节 第2天'])
  expect(day('2026-10-09T03:00:00.000Z', zh)).toEqual([])
})

test('who is told that it was acknowledged can undo that, and who hears of that is asked again', () => {
  const told = (transition: 'acknowledged' | 'released', over: Partial<typeof fallen>) =>
    incidentCard({ notification: waitingOf({ transition, value: { ...fallen, ...over } }), key: 'k', store, contactPoint: zh, links: { ...links, release: 'https://g.cn/r' }, now }) // biome-ignore format: one card
  const acknowledged = told('acknowledged', { state: 'acknowledged', acknowledged: { at: '2026-11-11T02:46:00.000Z', by: 'ann' } }) // biome-ignore format: one value
  expect(acknowledged.buttons.map(({ text, href }) => `${text} ${href}`)).toEqual(['查看事件 https://g.cn/i', '取消认领 https://g.cn/r']) // biome-ignore format: one list
  expect(acknowledged.mention.ids).toEqual([])
  const released = told('released', {})
  expect(released.title).toBe('【严重】取消认领：访客骤降 · 抖音 低于预期 62%')
  expect(released.buttons.map(({ text }) => text)).toEqual(['查看事件', '我来处理', '静默 1 小时'])
  expect(released.mention.ids).toEqual(['zhangsan'])
})
