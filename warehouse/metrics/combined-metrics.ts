import { type Metric, measured, ratio } from './metric.ts'

const combined = { from: 'several', unit: 'ratio', better: 'up', additive: false } as const

/** Numbers of ad spend, and those that join traffic, sales and spend. */
export const combinedMetrics = {
  conversion_rate: {
    ...combined,
    making: ratio('buyers', 'visitors'),
    label: { en: 'Conversion rate', zh: '支付转化率' },
    description: {
      en: 'Buyers ÷ visitors of the period. Without visitors there is none; over 100 % (offline orders) it is flagged, not clipped.',
      zh: '周期内买家数 ÷ 访客数。没有访客时为空；超过 100%（如线下订单）会标注，不截断。',
    },
  },
  cart_rate: {
    ...combined,
    from: 'traffic',
    making: ratio('add_to_carts', 'product_views'),
    label: { en: 'Add-to-cart rate', zh: '加购率' },
    description: { en: 'Add to carts ÷ product views.', zh: '加购次数 ÷ 商品浏览次数。' },
  },
  gmv_per_visitor: {
    ...combined,
    unit: 'money',
    making: ratio('paid_gmv', 'visitors'),
    label: { en: 'Paid GMV per visitor', zh: '访客价值' },
    description: { en: 'Paid GMV ÷ visitors.', zh: '支付金额 ÷ 访客数。' },
  },
  ad_spend: {
    ...combined,
    from: 'spend',
    unit: 'money',
    better: 'neutral',
    additive: true,
    making: measured,
    label: { en: 'Ad spend', zh: '推广花费' },
    description: { en: 'Money spent on advertising, by the store’s day.', zh: '按店铺日期统计的推广花费。' },
  },
  ad_impressions: {
    ...combined,
    from: 'spend',
    unit: 'count',
    additive: true,
    making: measured,
    label: { en: 'Ad impressions', zh: '广告展现量' },
    description: { en: 'How often advertisements were shown.', zh: '广告被展现的次数。' },
  },
  ad_clicks: {
    ...combined,
    from: 'spend',
    unit: 'count',
    additive: true,
    making: measured,
    label: { en: 'Ad clicks', zh: '广告点击量' },
    description: { en: 'How often advertisements were clicked.', zh: '广告被点击的次数。' },
  },
  roas: {
    ...combined,
    making: ratio('paid_gmv', 'ad_spend'),
    label: { en: 'Return on ad spend', zh: '投入产出比' },
    description: { en: 'Paid GMV ÷ ad spend.', zh: '支付金额 ÷ 推广花费。' },
  },
} as const satisfies Record<string, Metric>
