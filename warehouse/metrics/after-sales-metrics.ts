import { difference, type Metric, measured, ratio } from './metric.ts'

const given = { from: 'refunds', unit: 'count', better: 'down', additive: true, making: measured } as const
const linked = { ...given, from: 'returns' } as const

export const afterSalesMetrics = {
  refunds: {
    ...given,
    label: { en: 'Refunds', zh: '退款笔数' },
    description: {
      en: 'Refunds by the day they are given, those without an order included.',
      zh: '按退款日统计的退款笔数，含未关联订单的退款。',
    },
  },
  refund_amount: {
    ...given,
    unit: 'money',
    label: { en: 'Refund amount', zh: '退款金额' },
    description: {
      en: 'Money refunded, by the day of the refund, refunds without an order included.',
      zh: '按退款日统计的退款金额，含未关联订单的退款。',
    },
  },
  unlinked_refunds: {
    ...given,
    label: { en: 'Unlinked refunds', zh: '未关联退款笔数' },
    description: {
      en: 'Refunds that name no order: in refunds and refund amount, out of the return rate.',
      zh: '没有指明订单的退款：计入退款笔数与金额，不计入退货率。',
    },
  },
  unlinked_share: {
    ...given,
    unit: 'ratio',
    additive: false,
    making: ratio('unlinked_refunds', 'refunds'),
    label: { en: 'Unlinked share', zh: '未关联退款占比' },
    description: { en: 'Unlinked refunds ÷ refunds.', zh: '未关联退款笔数 ÷ 退款笔数。' },
  },
  returned_orders: {
    ...linked,
    label: { en: 'Returned orders', zh: '退货订单数' },
    description: {
      en: 'Paid orders placed in the period of which anything has been refunded since.',
      zh: '周期内下单的支付订单中，之后发生过退款的订单数。',
    },
  },
  returned_amount: {
    ...linked,
    unit: 'money',
    label: { en: 'Returned amount', zh: '退货金额' },
    description: {
      en: 'What has been refunded of the paid orders placed in the period.',
      zh: '周期内下单的支付订单之后被退款的金额。',
    },
  },
  return_rate: {
    ...linked,
    from: 'several',
    unit: 'ratio',
    additive: false,
    making: ratio('returned_orders', 'paid_orders'),
    label: { en: 'Return rate', zh: '退货率' },
    description: {
      en: 'Returned orders ÷ paid orders, both by the day of placement. Mature 30 days after it; fresher days still grow.',
      zh: '退货订单数 ÷ 支付订单数，均按下单日归属。下单满 30 天为成熟值，较近的日期仍会上升。',
    },
  },
  return_rate_by_value: {
    ...linked,
    from: 'several',
    unit: 'ratio',
    additive: false,
    making: ratio('returned_amount', 'paid_gmv'),
    label: { en: 'Return rate by value', zh: '金额退货率' },
    description: {
      en: 'Returned amount ÷ paid GMV, both by the day of placement.',
      zh: '退货金额 ÷ 支付金额，均按下单日归属。',
    },
  },
  refund_rate: {
    ...given,
    from: 'several',
    unit: 'ratio',
    additive: false,
    making: ratio('refunds', 'paid_orders'),
    label: { en: 'Refunds per order', zh: '退款订单比' },
    description: {
      en: 'Refunds given in the period ÷ paid orders placed in it: early, but of different orders.',
      zh: '周期内的退款笔数 ÷ 周期内的支付订单数：及时，但分子分母不是同一批订单。',
    },
  },
  net_sales: {
    ...given,
    from: 'several',
    unit: 'money',
    better: 'up',
    making: difference('paid_gmv', 'refund_amount'),
    label: { en: 'Net sales', zh: '净销售额' },
    description: {
      en: 'Paid GMV less refunds, a refund counted on the day it is given.',
      zh: '支付金额减去退款金额，退款计入发生当日。',
    },
  },
} as const satisfies Record<string, Metric>
