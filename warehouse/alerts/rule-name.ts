import type { Words } from '../metrics/metric.ts'

/** What ready-made rules are called, by `preset`. */
const presetNames = {
  traffic: { zh: '全店流量骤降', en: 'Traffic drop' },
  traffic_channel: { zh: '渠道流量骤降', en: 'Traffic drop of a channel' },
  conversion: { zh: '支付转化率下降', en: 'Conversion drop' },
  gmv: { zh: '支付金额低于预期', en: 'GMV below expectation' },
  payment_failures: { zh: '支付失败激增', en: 'Payment failures' },
  order_exceptions: { zh: '异常订单激增', en: 'Order exceptions' },
  refunds: { zh: '退款激增', en: 'Refunds' },
  slow_pages: { zh: '页面变慢', en: 'Slow pages' },
  channel_share: { zh: '单一渠道占比过高', en: 'Dependence on one channel' },
  data_stopped: { zh: '数据中断', en: 'Data stopped' },
} as const satisfies Record<string, Words>
export type PresetName = keyof typeof presetNames

const inBoth = ({ zh, en }: Words): string => `${zh} ${en}`

/** As a ready-made rule is stored, until somebody calls it something else: in both languages. */
export const storedName = (preset: PresetName): string => inBoth(presetNames[preset])

const byStored = new Map(Object.values<Words>(presetNames).map((words) => [inBoth(words), words]))

/** The name of a rule as a reader is told it: a ready-made one that nobody renamed has one in each language. */
export const ruleName = (stored: string, language: keyof Words): string => byStored.get(stored)?.[language] ?? stored

/** The name to store when a form sends one: that of a ready-made rule, left as the reader saw it, stays in both languages. */
export function nameToStore(typed: string, preset: string | undefined): string {
  const words = Object.entries<Words>(presetNames).find(([name]) => name === preset)?.[1]
  return words && (typed === words.zh || typed === words.en) ? inBoth(words) : typed
}
