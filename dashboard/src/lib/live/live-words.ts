import type { MetricWords } from '#lib/server/words.ts'

/** The metrics that the Live page tells, in the reader's words. */
export type LiveWords = Record<
  'paid_gmv' | 'visitors' | 'paid_orders' | 'buyers' | 'conversion_rate' | 'spend_per_buyer',
  MetricWords
>
