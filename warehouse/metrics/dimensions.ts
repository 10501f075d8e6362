import { channelGroupSql } from './channel-group.ts'
import type { Words } from './metric.ts'
import type { Reading } from './sources.ts'

/** A slice: what a number can be broken down or filtered by. */
export interface Dimension {
  label: Words
  /** Its expression over the facts of each reading; what is not listed cannot be asked of. */
  sql: Readonly<Partial<Record<Reading, string>>>
  /** Readings whose facts know it only through a join. */
  joined?: readonly Reading[]
  /** Families of rollups that keep it, under the same expression. */
  rollups?: readonly ('traffic' | 'sales')[]
}

const onOrders = (sql: string) => ({
  sales: sql, sale_lines: sql, first_orders: sql, exceptions: sql, refunds: sql, refund_lines: sql, returns: sql, return_lines: sql,
}) // biome-ignore format: one line of readings

const onVisits = (sql: string) => ({ traffic: sql, sessions: sql })

const everywhere = (label: Words, sql: string): Dimension => ({
  label,
  sql: { ...onVisits(sql), payments: sql, load_times: sql, ...onOrders(sql), spend: sql },
  joined: ['traffic', 'payments', 'load_times', 'refunds'],
  rollups: ['traffic', 'sales'],
})
const ofEvents = (en: string, zh: string, sql: string): Dimension => ({ label: { en, zh }, sql: { traffic: sql } })
const ofPages = (en: string, zh: string, sql: string): Dimension => ({
  label: { en, zh },
  sql: { traffic: sql, load_times: sql },
})
const ofVisits = (en: string, zh: string, sql: string): Dimension => ({
  label: { en, zh },
  sql: onVisits(sql),
  joined: ['traffic'],
})
const ofOrders = (en: string, zh: string, sql: string, inRollup: boolean): Dimension => ({
  label: { en, zh },
  sql: onOrders(sql),
  joined: ['refunds'],
  ...(inRollup && { rollups: ['sales'] }),
})
const ofProducts = (en: string, zh: string, sql: string): Dimension => ({
  label: { en, zh },
  sql: { traffic: sql, sale_lines: sql, refund_lines: sql, return_lines: sql },
})

const all = {
  channel: everywhere({ en: 'Channel', zh: '渠道' }, 'channel'),
  channel_group: everywhere({ en: 'Public or private', zh: '公域 / 私域' }, channelGroupSql),
  campaign: everywhere({ en: 'Campaign', zh: '活动' }, 'campaign'),
  device: {
    label: { en: 'Device', zh: '设备' },
    sql: { ...onVisits('device'), payments: 'device', load_times: 'device', ...onOrders('device') },
    joined: ['traffic', 'payments', 'load_times', 'refunds'],
    rollups: ['traffic', 'sales'],
  },
  source: ofVisits('Source', '来源', 'source'),
  medium: ofVisits('Medium', '媒介', 'medium'),
  entry_path: ofVisits('Landing page', '落地页', 'entry_path'),
  exit_path: { label: { en: 'Exit page', zh: '退出页' }, sql: { sessions: 'exit_path' } },
  path: ofPages('Page', '页面', 'path'),
  page_type: ofPages('Page type', '页面类型', 'page_type'),
  event: ofEvents('Event', '事件', 'name'),
  browser: ofPages('Browser', '浏览器', 'browser'),
  os: ofPages('Operating system', '操作系统', 'os'),
  language: ofPages('Language', '语言', 'language'),
  product: ofProducts('Product', '商品', 'sku'),
  category: ofProducts('Category', '类目', 'category'),
  province: ofOrders('Province', '省份', 'province', true),
  status: ofOrders('Order status', '订单状态', 'status', true),
  raw_status: ofOrders('Status at the source', '来源状态', 'raw_status', false),
  order_type: ofOrders('Order type', '订单类型', 'order_type', true),
  payment_method: ofOrders('Payment method', '支付方式', 'payment_method', true),
  coupon: ofOrders('Coupon', '优惠券', 'coupon', false),
  carrier: ofOrders('Carrier', '承运商', 'carrier', false),
  attribution: ofOrders('Attribution model', '归因方式', 'model', false),
  reason: {
    label: { en: 'Return reason', zh: '退货原因' },
    sql: { refunds: 'reason', refund_lines: 'reason', returns: 'reason', return_lines: 'reason' },
  },
} as const satisfies Record<string, Dimension>

export type DimensionName = keyof typeof all

/** Every slice but time, by its name. */
export const dimensions: Readonly<Record<DimensionName, Dimension>> = all

export const dimensionNames = Object.keys(all) as [DimensionName, ...DimensionName[]]

/** Widths of time, finest first; as a dimension, `time:day`. */
export const grains = ['minute', 'five_minutes', 'hour', 'day', 'week', 'month'] as const
export type Grain = (typeof grains)[number]
