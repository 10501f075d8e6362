import { type Metric, measured, percentile, ratio } from './metric.ts'

const counted = { from: 'traffic', unit: 'count', better: 'up', additive: true, making: measured } as const
/** Of page views whose browser told it. */
const ofLoads = (
  name: [en: string, zh: string],
  says: [en: string, zh: string],
  unit: 'milliseconds' | 'score' = 'milliseconds',
) =>
  ({
    ...counted,
    reading: 'load_times',
    better: 'down',
    additive: false,
    making: percentile,
    unit,
    label: { en: name[0], zh: name[1] },
    description: {
      en: `${says[0]}: three quarters of the page views whose browser told it stay below (75th percentile, between two values in proportion). Bots left out; where none was measured there is none. Of a longer period it is taken of all its page views anew, it is no mean.`,
      zh: `${says[1]}：已上报该数据的浏览中，四分之三不超过此值（第 75 百分位，相邻两值间线性插值）。不含爬虫；没有测速数据时为空。较长周期按其全部浏览重新计算，而不是取平均。`,
    },
  }) as const
const ofSessions = { ...counted, from: 'sessions' } as const

export const trafficMetrics = {
  visitors: {
    ...counted,
    additive: false,
    label: { en: 'Visitors', zh: '访客数' },
    description: {
      en: 'Distinct browsers with at least one event in the period. Bots are left out.',
      zh: '周期内至少产生一个事件的去重浏览器数，不含爬虫。',
    },
  },
  sessions: {
    ...ofSessions,
    label: { en: 'Sessions', zh: '会话数' },
    description: {
      en: 'Visits that began in the period; a pause of more than 30 minutes begins a new one, unless the store counts by the sender’s own session ids.',
      zh: '周期内开始的访问次数；间隔超过 30 分钟算新会话，店铺设为信任发送方会话号时以其为准。',
    },
  },
  pageviews: {
    ...counted,
    label: { en: 'Page views', zh: '浏览量' },
    description: { en: 'Pages shown, bots left out.', zh: '页面被浏览的次数，不含爬虫。' },
  },
  events: {
    ...counted,
    label: { en: 'Events', zh: '事件数' },
    description: {
      en: 'Everything the storefront reported, each message once, bots left out.',
      zh: '店铺前端上报的全部事件，同一消息只计一次，不含爬虫。',
    },
  },
  product_views: {
    ...counted,
    label: { en: 'Product views', zh: '商品浏览次数' },
    description: { en: 'How often a product page was looked at.', zh: '商品详情被浏览的次数。' },
  },
  add_to_carts: {
    ...counted,
    label: { en: 'Add to carts', zh: '加购次数' },
    description: { en: 'How often a product was put into a cart.', zh: '商品被加入购物车的次数。' },
  },
  checkouts: {
    ...counted,
    label: { en: 'Checkouts', zh: '发起结算次数' },
    description: { en: 'How often a checkout was begun.', zh: '开始结算的次数。' },
  },
  payment_failures: {
    ...counted,
    reading: 'payments',
    better: 'down',
    label: { en: 'Payment failures', zh: '支付失败次数' },
    description: {
      en: 'How often the storefront reported payment_failed, bots left out; several attempts of one order count each.',
      zh: '店铺前端上报 payment_failed 事件的次数，不含爬虫；同一订单多次失败分别计数。',
    },
  },
  payment_failure_rate: {
    ...counted,
    unit: 'ratio',
    better: 'down',
    additive: false,
    making: ratio('payment_failures', 'checkouts'),
    label: { en: 'Payment failure rate', zh: '支付失败率' },
    description: {
      en: 'Payment failures ÷ checkouts begun. Without checkouts there is none.',
      zh: '支付失败次数 ÷ 发起结算次数。没有结算时为空。',
    },
  },
  measured_pageviews: {
    ...counted,
    reading: 'load_times',
    better: 'neutral',
    label: { en: 'Measured page views', zh: '已测速浏览量' },
    description: {
      en: 'Page views whose load time a browser told, by when the page was left; bots left out. Not every browser tells it.',
      zh: '浏览器上报了加载耗时的浏览次数，按离开页面的时间统计，不含爬虫；并非所有浏览器都会上报。',
    },
  },
  slow_pageviews: {
    ...counted,
    reading: 'load_times',
    better: 'down',
    label: { en: 'Slow page views', zh: '慢加载浏览量' },
    description: {
      en: 'Measured page views whose largest content took more than three seconds to appear (LCP).',
      zh: '已测速的浏览中，最大内容绘制（LCP）超过 3 秒的次数。',
    },
  },
  slow_page_share: {
    ...counted,
    unit: 'ratio',
    better: 'down',
    additive: false,
    making: ratio('slow_pageviews', 'measured_pageviews'),
    label: { en: 'Share of slow pages', zh: '慢加载占比' },
    description: {
      en: 'Slow page views ÷ measured page views. Where none was measured there is none.',
      zh: '慢加载浏览量 ÷ 已测速浏览量。没有测速数据时为空。',
    },
  },
  lcp_p75: ofLoads(
    ['Largest content (LCP), 75th percentile', '最大内容绘制（LCP）P75'],
    ['How long the largest content of a page took to appear', '页面最大内容显示出来所用的时间'],
  ),
  inp_p75: ofLoads(
    ['Answer to input (INP), 75th percentile', '交互响应（INP）P75'],
    ['How long a page took to answer a tap or key at its slowest', '页面对点击或按键最慢一次的响应时间'],
  ),
  ttfb_p75: ofLoads(
    ['First byte (TTFB), 75th percentile', '首字节时间（TTFB）P75'],
    ['How long the server took to the first byte', '服务器返回第一个字节所用的时间'],
  ),
  cls_p75: ofLoads(
    ['Layout shift (CLS), 75th percentile', '布局偏移（CLS）P75'],
    ['How far a page jumped while it was read, as a score', '页面在浏览过程中跳动的程度（分数）'],
    'score',
  ),
  bot_events: {
    ...counted,
    better: 'neutral',
    label: { en: 'Bot events', zh: '爬虫事件数' },
    description: {
      en: 'Events marked as coming from bots. They are kept, and are in no other traffic number.',
      zh: '被标记为爬虫的事件；保留在库，但不计入其他任何流量指标。',
    },
  },
  bounces: {
    ...ofSessions,
    better: 'down',
    label: { en: 'Bounces', zh: '跳出会话数' },
    description: { en: 'Sessions with one page view and nothing else.', zh: '只浏览一个页面且没有其他行为的会话。' },
  },
  bounce_rate: {
    ...ofSessions,
    unit: 'ratio',
    better: 'down',
    additive: false,
    making: ratio('bounces', 'sessions'),
    label: { en: 'Bounce rate', zh: '跳出率' },
    description: { en: 'Bounces ÷ sessions.', zh: '跳出会话数 ÷ 会话数。' },
  },
  session_seconds: {
    ...ofSessions,
    unit: 'seconds',
    label: { en: 'Time in sessions', zh: '会话总时长' },
    description: {
      en: 'From the first to the last event of each session, summed.',
      zh: '每个会话从首个事件到末个事件的时长之和。',
    },
  },
  session_duration: {
    ...ofSessions,
    unit: 'seconds',
    additive: false,
    making: ratio('session_seconds', 'sessions'),
    label: { en: 'Session duration', zh: '平均会话时长' },
    description: { en: 'Time in sessions ÷ sessions.', zh: '会话总时长 ÷ 会话数。' },
  },
} as const satisfies Record<string, Metric>
