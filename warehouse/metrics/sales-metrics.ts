import { difference, type Metric, measured, ratio } from './metric.ts'

const counted = { from: 'sales', unit: 'count', better: 'up', additive: true, making: measured } as const
const money = { ...counted, unit: 'money' } as const

export const salesMetrics = {
  orders: {
    ...counted,
    label: { en: 'Orders', zh: '订单数' },
    description: {
      en: 'Orders placed in the period, of every status, each once: the ledger’s word counts before the browser’s.',
      zh: '周期内下单的订单数，含所有状态；同一订单只计一次，以订单台账为准。',
    },
  },
  counted_orders: {
    ...counted,
    label: { en: 'Counted orders', zh: '有效订单数' },
    description: {
      en: 'Orders placed in the period, except cancelled and unfulfillable ones.',
      zh: '周期内下单且未取消、未缺货关闭的订单数。',
    },
  },
  paid_orders: {
    ...counted,
    label: { en: 'Paid orders', zh: '支付订单数' },
    description: {
      en: 'Orders placed in the period that have been paid, whenever the payment came.',
      zh: '周期内下单且已支付的订单数（按下单时间归属）。',
    },
  },
  order_exceptions: {
    ...counted,
    reading: 'exceptions',
    better: 'down',
    label: { en: 'Order exceptions', zh: '异常订单数' },
    description: {
      en: 'Orders that cannot be fulfilled (bad address, out of stock), by when their record last changed.',
      zh: '无法履约的订单（如地址异常、缺货），按订单记录最后变更的时间统计。',
    },
  },
  units: {
    ...counted,
    label: { en: 'Units', zh: '销售件数' },
    description: { en: 'Pieces in the orders placed, of every status.', zh: '下单商品件数，含所有状态。' },
  },
  gmv: {
    ...money,
    label: { en: 'GMV', zh: '成交总额' },
    description: {
      en: 'Sum of order totals, goods after item discounts, by the day of placement, every status. Freight and tax apart.',
      zh: '按下单日汇总的订单商品金额（扣除单品优惠），含所有状态，不含运费与税。',
    },
  },
  paid_gmv: {
    ...money,
    label: { en: 'Paid GMV', zh: '支付金额' },
    description: {
      en: 'GMV of the orders that have been paid, by the day of placement. Refunds do not change it.',
      zh: '已支付订单的成交金额（按下单日归属），不扣退款。',
    },
  },
  unpaid_gmv: {
    ...money,
    better: 'down',
    label: { en: 'Unpaid GMV', zh: '未支付金额' },
    description: {
      en: 'GMV of orders neither paid nor cancelled. GMV = paid + unpaid + cancelled.',
      zh: '既未支付也未取消的订单金额。成交总额 = 支付 + 未支付 + 取消。',
    },
  },
  cancelled_gmv: {
    ...money,
    better: 'down',
    label: { en: 'Cancelled GMV', zh: '取消金额' },
    description: {
      en: 'GMV of orders cancelled or unfulfillable before they were paid.',
      zh: '支付前即取消或无法履约的订单金额。',
    },
  },
  clean_gmv: {
    ...money,
    label: { en: 'Clean GMV', zh: '剔除刷单金额' },
    description: {
      en: 'Paid GMV without orders suspected of brushing.',
      zh: '支付金额中剔除疑似刷单订单后的部分。',
    },
  },
  suspect_gmv: {
    ...money,
    better: 'down',
    making: { kind: 'difference', minuend: 'paid_gmv', subtrahend: 'clean_gmv' },
    label: { en: 'Suspect GMV', zh: '疑似刷单金额' },
    description: { en: 'Paid GMV of orders suspected of brushing.', zh: '疑似刷单订单的支付金额。' },
  },
  buyers: {
    ...counted,
    additive: false,
    label: { en: 'Buyers', zh: '买家数' },
    description: {
      en: 'Distinct customers with a paid order; for orders that only the browser told of, distinct visitors. Orders without a customer count in money and orders, not here.',
      zh: '有支付订单的去重买家；仅由浏览器上报的订单按访客去重。没有买家信息的订单计入金额与订单数，不计入买家数。',
    },
  },
  new_buyers: {
    ...counted,
    from: 'first_orders',
    label: { en: 'New buyers', zh: '新客数' },
    description: {
      en: 'Buyers whose first paid order ever was placed in the period.',
      zh: '首个支付订单（有史以来）在周期内下单的买家数。',
    },
  },
  returning_buyers: {
    ...counted,
    from: 'several',
    additive: false,
    making: difference('buyers', 'new_buyers'),
    label: { en: 'Returning buyers', zh: '老客数' },
    description: {
      en: 'Buyers who had paid an order before the period: buyers less new buyers.',
      zh: '周期之前已有支付订单的买家数：买家数减去新客数。',
    },
  },
  anonymous_paid_orders: {
    ...counted,
    better: 'down',
    label: { en: 'Paid orders without a buyer', zh: '无买家支付订单数' },
    description: {
      en: 'Paid orders whose customer is not known: they are in money and orders, not in buyers.',
      zh: '买家未知的支付订单：计入金额与订单数，不计入买家数。',
    },
  },
  anonymous_share: {
    ...counted,
    unit: 'ratio',
    better: 'down',
    additive: false,
    making: ratio('anonymous_paid_orders', 'paid_orders'),
    label: { en: 'Share without a buyer', zh: '无买家订单占比' },
    description: { en: 'Paid orders without a buyer ÷ paid orders.', zh: '无买家支付订单数 ÷ 支付订单数。' },
  },
  aov: {
    ...money,
    additive: false,
    making: ratio('paid_gmv', 'paid_orders'),
    label: { en: 'Average order value', zh: '笔单价' },
    description: {
      en: 'Paid GMV per paid order. Refunds do not change it.',
      zh: '支付金额 ÷ 支付订单数，不扣退款。',
    },
  },
  spend_per_buyer: {
    ...money,
    additive: false,
    making: ratio('paid_gmv', 'buyers'),
    label: { en: 'Spend per buyer', zh: '客单价' },
    description: { en: 'Paid GMV ÷ buyers.', zh: '支付金额 ÷ 买家数。' },
  },
  payment_rate: {
    ...counted,
    unit: 'ratio',
    additive: false,
    making: ratio('paid_orders', 'orders'),
    label: { en: 'Payment rate', zh: '订单支付率' },
    description: { en: 'Paid orders ÷ orders placed.', zh: '支付订单数 ÷ 下单订单数。' },
  },
} as const satisfies Record<string, Metric>
