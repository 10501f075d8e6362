import { channels } from '@guanlan/warehouse/channels'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import { type DimensionName, dimensions } from '@guanlan/warehouse/metrics/dimensions'
import type { Language } from '#lib/format/intl.ts'
import type { Unit } from '#lib/format/numbers.ts'

/** A metric in the reader's language: what a page shows of the catalog. */
export interface MetricWords {
  name: string
  label: string
  description: string
  unit: Unit
  better: 'up' | 'down' | 'neutral'
}

/** Metrics of the catalog by name, in a language. */
export function metricWords<Name extends MetricName>(names: readonly Name[], language: Language) {
  const words = names.map((name): [Name, MetricWords] => {
    const { label, description, unit, better } = metrics[name]
    return [name, { name, label: label[language], description: description[language], unit, better }]
  })
  return Object.fromEntries(words) as Record<Name, MetricWords>
}

/** A dimension's name in a language. */
export const dimensionLabel = (name: DimensionName, language: Language): string => dimensions[name].label[language]

const channelLabels = new Map(channels.map(({ name, label }) => [name, label]))
const known: Partial<Record<DimensionName, (value: string, language: Language) => string | undefined>> = {
  channel: (value, language) => channelLabels.get(value)?.[language],
  channel_group: (value, language) => groups[value]?.[language],
  device: (value, language) => devices[value]?.[language],
  reason: (value, language) => reasons[value]?.[language],
  payment_method: (value, language) => paymentMethods[value]?.[language],
}
const groups: Record<string, { zh: string; en: string }> = {
  public: { zh: '公域', en: 'Public' },
  private: { zh: '私域', en: 'Private' },
  unattributed: { zh: '未归因', en: 'Unattributed' },
}
const devices: Record<string, { zh: string; en: string }> = {
  phone: { zh: '手机', en: 'Phone' },
  tablet: { zh: '平板', en: 'Tablet' },
  desktop: { zh: '电脑', en: 'Desktop' },
  other: { zh: '其他', en: 'Other' },
}

const reasons: Record<string, { zh: string; en: string }> = {
  quality: { zh: '质量问题', en: 'Quality' },
  not_as_described: { zh: '与描述不符', en: 'Not as described' },
  size: { zh: '尺码不合', en: 'Size' },
  late: { zh: '发货或配送太慢', en: 'Late' },
  changed_mind: { zh: '不想要了', en: 'Changed mind' },
  damaged: { zh: '运输破损', en: 'Damaged' },
  wrong_item: { zh: '发错货', en: 'Wrong item' },
  other: { zh: '其他原因', en: 'Other' },
}
const paymentMethods: Record<string, { zh: string; en: string }> = {
  alipay: { zh: '支付宝', en: 'Alipay' },
  wechat: { zh: '微信支付', en: 'WeChat Pay' },
  unionpay: { zh: '银联', en: 'UnionPay' },
  card: { zh: '银行卡', en: 'Card' },
  credit_card: { zh: '信用卡', en: 'Credit card' },
  cod: { zh: '货到付款', en: 'Cash on delivery' },
}

/** A value of a dimension as people call it; the value itself where it has no other name. */
export const valueLabel = (dimension: DimensionName, value: string, language: Language): string =>
  known[dimension]?.(value, language) ?? value
