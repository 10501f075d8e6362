import type { z } from 'zod'
import type { playbook, rule } from '../settings/alerting.ts'
import { type PresetName, storedName } from './rule-name.ts'

type RuleInput = z.input<typeof rule>

const preset = (name: PresetName, value: Omit<RuleInput, 'name' | 'preset'>): [string, RuleInput] => {
  return [`preset_${name}`, { ...value, name: storedName(name), preset: name }]
}

const falls = (wanted_per_week: number) => ({ type: 'anomaly', direction: 'drop', wanted_per_week }) as const
const rises = (wanted_per_week: number) => ({ type: 'anomaly', direction: 'spike', wanted_per_week }) as const

/** Rules that every store has from the start, by id. */
export const presetRules: ReadonlyMap<string, RuleInput> = new Map([
  preset('traffic', {
    ...{ metric: 'sessions', grain: 'minute', condition: falls(0.25), severity: 'critical' },
  }),
  preset('traffic_channel', {
    ...{
      metric: 'sessions',
      grain: 'minute',
      by: 'channel',
      least: 1000,
      condition: falls(0.25),
      severity: 'critical',
    },
  }),
  preset('conversion', {
    ...{ metric: 'conversion_rate', grain: 'hour', condition: falls(0.1), severity: 'critical' },
  }),
  preset('gmv', {
    ...{ metric: 'paid_gmv', grain: 'hour', condition: falls(0.1), severity: 'critical' },
  }),
  preset('payment_failures', {
    ...{ metric: 'payment_failure_rate', grain: 'five_minutes', condition: rises(0.1), severity: 'critical' },
  }),
  preset('order_exceptions', {
    ...{ metric: 'order_exceptions', grain: 'hour', condition: rises(0.1), severity: 'warning' },
  }),
  preset('refunds', {
    ...{ metric: 'refunds', grain: 'hour', condition: rises(0.1), severity: 'warning' },
  }),
  // Of hours, and a share rather than a percentile: what stands behind it is counted, so a night of few loads says nothing.
  preset('slow_pages', {
    ...{ metric: 'slow_page_share', grain: 'hour', condition: rises(0.1), severity: 'warning' },
  }),
  preset('channel_share', {
    ...{ metric: 'sessions', grain: 'day', by: 'channel', least: 100, severity: 'info' },
    condition: { type: 'share', above: 0.7, for_points: 3 },
  }),
  preset('data_stopped', {
    ...{ metric: 'events', grain: 'minute', condition: { type: 'data_stopped', minutes: 3 }, severity: 'critical' },
  }),
])

type PlaybookInput = z.input<typeof playbook>

const line = (name: string, place: number, when: PlaybookInput['when'], zh: string, en: string): [string, PlaybookInput] => [
  `preset_${name}`,
  { when, text: { zh, en }, place },
] // biome-ignore format: one line of a table

/** What to do about the common causes, until a shop says it better; the most special comes first. */
export const presetPlaybook: ReadonlyMap<string, PlaybookInput> = new Map([
  line('payment', 10, { direction: 'spike', metric: 'payment_failure_rate' }, '切换到备用支付通道，并联系支付服务商确认故障范围。', 'Switch to the other payment route, and ask the provider what is broken.'),
  line('exceptions', 20, { direction: 'spike', metric: 'order_exceptions' }, '核对下单页地址校验与仓库库存，联系受影响买家修改地址或换仓发货。', 'Check address validation and stock; ask the buyers concerned, or ship from another warehouse.'),
  line('refunds', 30, { direction: 'spike', metric: 'refunds' }, '按退款原因与商品排查，问题批次先下架，并统一客服口径。', 'Look at reasons and products; take a bad batch off sale, and tell support what to say.'),
  line('slow_pages', 35, { direction: 'spike', metric: 'slow_page_share' }, '看变慢的页面与设备：核对最近一次发布、图片大小、CDN 与第三方脚本，必要时回滚。', 'See which pages and devices are slow: check the last deploy, image sizes, the CDN and scripts of others; roll back if need be.'),
  line('device_conversion', 40, { direction: 'drop', factor: 'conversion_rate', dimension: 'device' }, '检查最近一次发布，在该设备上走一遍下单流程，必要时回滚。', 'Check the last deploy, place an order on that device, and roll back if it fails.'),
  line('payment_method', 50, { direction: 'drop', factor: 'conversion_rate', dimension: 'payment_method' }, '该支付方式可能故障：置顶其他支付方式，并联系服务商。', 'That way of paying may be down: put the others first, and call the provider.'),
  line('category', 60, { direction: 'drop', dimension: 'category' }, '检查该类目的库存、价格与竞品活动，补货或跟进优惠。', 'Check stock, prices and rival promotions of the category; restock or match the offer.'),
  line('province', 70, { direction: 'drop', dimension: 'province' }, '确认该地区的物流与配送限制，在页面说明时效。', 'Check delivery to the region, and say on the page how long it takes.'),
  line('campaign', 80, { direction: 'drop', dimension: 'campaign' }, '检查活动落地页、链接参数与投放状态，暂停无效素材。', 'Check landing page, link parameters and delivery of the campaign; pause what does not work.'),
  line('public_channel', 90, { direction: 'drop', factor: 'visitors', channel_group: 'public' }, '把预算转到表现稳定的渠道，并在企业微信群发起私域限时活动补量。', 'Move budget to the channels that hold, and start a flash sale in the WeCom groups.'),
  line('private_channel', 100, { direction: 'drop', factor: 'visitors', channel_group: 'private' }, '检查群发与推送是否送达、小程序是否可用，改期补发。', 'Check that messages and pushes arrive and the mini program opens; send them again.'),
  line('visitors', 110, { direction: 'drop', factor: 'visitors' }, '检查店铺能否打开、域名与 CDN 是否正常，再看各渠道投放与平台规则变化。', 'Check that the shop opens, then the spend and the rule changes of each channel.'),
  line('conversion', 120, { direction: 'drop', factor: 'conversion_rate' }, '走一遍首页到支付的流程，检查价格、库存、优惠券与最近的改动。', 'Walk from home page to payment; check prices, stock, coupons and recent changes.'),
  line('spend', 130, { direction: 'drop', factor: 'spend_per_buyer' }, '检查优惠叠加与满减门槛，主推高客单组合。', 'Check stacked discounts and thresholds, and put larger bundles first.'),
]) // biome-ignore format: one line of a table each
