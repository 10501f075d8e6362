import { Weighted } from '../chance/weighted.ts'
import type { Category } from './categories.ts'
import type { Hours } from './hours.ts'
import type { App } from './user-agents.ts'

/** Where visits come from, and what those visits are like. */
export interface Source {
  name: string
  /** What ingest makes of it, from the signs below. */
  channel: string
  /** People who come for the first time on an ordinary day. */
  newcomers: number
  /** The share of first visits that end in an order. */
  conversion: number
  /** The share of visits that look at one page and leave. */
  bounce: number
  hours: Hours
  app: App
  /** The share of visits from a telephone. */
  phone: number
  /** How much more or less it likes a category than people do elsewhere. */
  tastes?: Partial<Record<Category, number>>
  /** How much more or less often what it sells comes back. */
  returns?: number
  /** How much more or less often its buyers buy again. */
  loyalty?: number
  /** How far a promotion lifts it, 1 being all the way. */
  lift?: number
  utm?: { source: string; medium: string; campaign?: string }
  /** The query parameter that its ads platform appends. */
  click?: string
  referrers?: readonly string[]
  /** Yuan for a visit, where visits are paid for. */
  cost?: number
  /** Seen in a live room: on the evenings of Wednesday and Saturday more of them. */
  live?: true
}

const find = (text: string) => `https://www.baidu.com/link?url=${text}`

const all: Source[] = [
  {
    name: 'douyin-live',
    channel: 'douyin',
    newcomers: 485,
    conversion: 0.02,
    bounce: 0.45,
    hours: 'live',
    app: 'douyin',
    phone: 0.99,
    tastes: { kitchen: 2, snacks: 1.6, care: 1.4, tea: 0.6, stationery: 0.4 },
    returns: 1.9,
    loyalty: 0.65,
    lift: 1.2,
    utm: { source: 'douyin', medium: 'live', campaign: 'live-room' },
    cost: 1.1,
    live: true,
  },
  {
    name: 'douyin-ads',
    channel: 'douyin',
    newcomers: 495,
    conversion: 0.015,
    bounce: 0.51,
    hours: 'everyday',
    app: 'douyin',
    phone: 0.99,
    tastes: { kitchen: 1.6, care: 1.5, storage: 1.3, tea: 0.7 },
    returns: 1.3,
    loyalty: 0.75,
    utm: { source: 'qianchuan', medium: 'cpc', campaign: 'feed-kitchen' },
    cost: 2.1,
  },
  {
    name: 'douyin',
    channel: 'douyin',
    newcomers: 385,
    conversion: 0.01,
    bounce: 0.57,
    hours: 'late',
    app: 'douyin',
    phone: 0.99,
    returns: 1.2,
    loyalty: 0.8,
    lift: 0.7,
    referrers: ['https://www.douyin.com/', 'https://v.douyin.com/'],
  },
  {
    name: 'xiaohongshu-notes',
    channel: 'xiaohongshu',
    newcomers: 365,
    conversion: 0.018,
    bounce: 0.43,
    hours: 'late',
    app: 'xiaohongshu',
    phone: 0.98,
    tastes: { scent: 2, stationery: 1.9, loungewear: 1.7, bedding: 1.3, kitchen: 0.6 },
    returns: 1.25,
    utm: { source: 'xiaohongshu', medium: 'note', campaign: 'notes-home' },
    cost: 1.5,
  },
  {
    name: 'xiaohongshu',
    channel: 'xiaohongshu',
    newcomers: 300,
    conversion: 0.015,
    bounce: 0.48,
    hours: 'late',
    app: 'xiaohongshu',
    phone: 0.98,
    tastes: { scent: 1.9, stationery: 1.8, loungewear: 1.4, teaware: 1.2 },
    returns: 1.1,
    lift: 0.7,
    referrers: ['https://www.xiaohongshu.com/explore', 'https://xhslink.com/'],
  },
  {
    name: 'taobao',
    channel: 'taobao',
    newcomers: 265,
    conversion: 0.027,
    bounce: 0.41,
    hours: 'everyday',
    app: 'taobao',
    phone: 0.9,
    lift: 1.1,
    referrers: ['https://s.m.taobao.com/h5', 'https://main.m.taobao.com/'],
  },
  {
    name: 'tmall',
    channel: 'tmall',
    newcomers: 180,
    conversion: 0.03,
    bounce: 0.39,
    hours: 'everyday',
    app: 'taobao',
    phone: 0.88,
    lift: 1.2,
    referrers: ['https://detail.m.tmall.com/item.htm', 'https://www.tmall.com/'],
  },
  {
    name: 'baidu-ads',
    channel: 'baidu',
    newcomers: 290,
    conversion: 0.024,
    bounce: 0.45,
    hours: 'work',
    app: 'browser',
    phone: 0.62,
    tastes: { tea: 1.9, teaware: 1.6, bedding: 1.3, stationery: 0.5 },
    utm: { source: 'baidu', medium: 'cpc', campaign: 'sem-tea' },
    click: 'bd_vid',
    cost: 2.6,
  },
  {
    name: 'baidu-search',
    channel: 'baidu',
    newcomers: 240,
    conversion: 0.023,
    bounce: 0.46,
    hours: 'work',
    app: 'browser',
    phone: 0.6,
    tastes: { tea: 1.6, teaware: 1.4 },
    lift: 0.5,
    referrers: [find('tea'), find('home'), 'https://m.baidu.com/s?word=%E8%A7%82%E6%BE%9C%E7%94%9F%E6%B4%BB'],
  },
  {
    name: 'kuaishou-live',
    channel: 'kuaishou',
    newcomers: 230,
    conversion: 0.015,
    bounce: 0.52,
    hours: 'live',
    app: 'kuaishou',
    phone: 0.99,
    tastes: { kitchen: 1.9, snacks: 1.8, care: 1.3, scent: 0.4, stationery: 0.3 },
    returns: 1.7,
    loyalty: 0.65,
    lift: 1.1,
    utm: { source: 'kuaishou', medium: 'live', campaign: 'live-room' },
    cost: 0.7,
    live: true,
  },
  {
    name: 'wechat-channels',
    channel: 'wechat_channels',
    newcomers: 145,
    conversion: 0.018,
    bounce: 0.45,
    hours: 'live',
    app: 'wechat',
    phone: 0.99,
    tastes: { tea: 1.5, snacks: 1.3 },
    returns: 1.3,
    utm: { source: 'shipinhao', medium: 'live', campaign: 'live-room' },
    cost: 0.6,
    live: true,
  },
  {
    name: 'bilibili',
    channel: 'bilibili',
    newcomers: 130,
    conversion: 0.009,
    bounce: 0.55,
    hours: 'late',
    app: 'browser',
    phone: 0.7,
    tastes: { stationery: 2.2, snacks: 1.5, bedding: 0.6 },
    lift: 0.6,
    referrers: ['https://www.bilibili.com/video/BV1gL4y1x7Tea', 'https://b23.tv/'],
  },
  {
    name: 'weibo',
    channel: 'weibo',
    newcomers: 80,
    conversion: 0.008,
    bounce: 0.6,
    hours: 'late',
    app: 'browser',
    phone: 0.92,
    lift: 0.8,
    referrers: ['https://m.weibo.cn/', 'https://weibo.com/'],
  },
  {
    name: 'zhihu',
    channel: 'zhihu',
    newcomers: 80,
    conversion: 0.014,
    bounce: 0.49,
    hours: 'work',
    app: 'browser',
    phone: 0.68,
    tastes: { tea: 1.6, care: 1.4 },
    lift: 0.4,
    referrers: ['https://www.zhihu.com/question/27364180'],
  },
  {
    name: 'bing',
    channel: 'bing',
    newcomers: 55,
    conversion: 0.017,
    bounce: 0.5,
    hours: 'work',
    app: 'browser',
    phone: 0.08,
    lift: 0.3,
    referrers: ['https://cn.bing.com/'],
  },
  {
    name: 'direct',
    channel: 'direct',
    newcomers: 205,
    conversion: 0.033,
    bounce: 0.41,
    hours: 'everyday',
    app: 'browser',
    phone: 0.66,
    loyalty: 1.2,
    returns: 0.85,
  },
  {
    name: 'mini-program',
    channel: 'mini_program',
    newcomers: 130,
    conversion: 0.043,
    bounce: 0.33,
    hours: 'everyday',
    app: 'wechat',
    phone: 1,
    loyalty: 1.25,
    returns: 0.8,
    referrers: ['https://servicewechat.com/wx4d1e0c8a7b/36/page-frame.html'],
  },
  {
    name: 'official-account',
    channel: 'wechat',
    newcomers: 100,
    conversion: 0.027,
    bounce: 0.4,
    hours: 'messages',
    app: 'wechat',
    phone: 0.97,
    tastes: { tea: 1.5, teaware: 1.3 },
    loyalty: 1.2,
    returns: 0.85,
    utm: { source: 'gzh', medium: 'article', campaign: 'weekly-article' },
  },
  {
    name: 'community',
    channel: 'community',
    newcomers: 65,
    conversion: 0.06,
    bounce: 0.29,
    hours: 'messages',
    app: 'wechat',
    phone: 0.99,
    tastes: { snacks: 1.8, tea: 1.3, care: 1.2 },
    loyalty: 1.35,
    returns: 0.7,
    utm: { source: 'community', medium: 'group', campaign: 'group-buy' },
  },
  {
    name: 'wecom',
    channel: 'wecom',
    newcomers: 48,
    conversion: 0.068,
    bounce: 0.27,
    hours: 'messages',
    app: 'wecom',
    phone: 0.96,
    tastes: { tea: 1.5 },
    loyalty: 1.4,
    returns: 0.7,
    utm: { source: 'wecom', medium: 'message', campaign: 'vip-care' },
  },
  {
    name: 'sms',
    channel: 'sms',
    newcomers: 10,
    conversion: 0.039,
    bounce: 0.45,
    hours: 'messages',
    app: 'browser',
    phone: 1,
    returns: 0.9,
    utm: { source: 'sms', medium: 'sms', campaign: 'recall' },
    cost: 0.05,
  },
  {
    name: 'e-mail',
    channel: 'email',
    newcomers: 14,
    conversion: 0.029,
    bounce: 0.39,
    hours: 'messages',
    app: 'browser',
    phone: 0.45,
    returns: 0.8,
    utm: { source: 'newsletter', medium: 'email', campaign: 'weekly-letter' },
  },
]

export const sources: readonly Source[] = all

const named = (weights: Record<string, number>) =>
  new Weighted(all.filter(({ name }) => name in weights).map((source) => [source, weights[source.name] ?? 0]))

/** How a customer comes back: mostly by what the shop itself sends. */
export const customersReturn = named({
  'mini-program': 27,
  direct: 23,
  wecom: 19,
  community: 10,
  'official-account': 7,
  sms: 3,
  'e-mail': 3,
  tmall: 3,
  'baidu-search': 3,
  'xiaohongshu-notes': 2,
})

/** How somebody comes back who has not bought yet, unless by the same way as before. */
export const visitorsReturn = named({ direct: 50, 'mini-program': 14, 'baidu-search': 16, tmall: 8, wecom: 4, bing: 4 })
