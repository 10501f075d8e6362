import { metricNames, metrics } from '@guanlan/warehouse/metrics/catalog'
import { getLocale } from '#lib/paraglide/runtime.js'
import { metricWords } from '#lib/server/words.ts'

const sources = ['traffic', 'sessions', 'sales', 'first_orders', 'refunds', 'returns', 'spend', 'several'] as const

export const load = () => {
  const words = metricWords(metricNames, getLocale())
  const entries = metricNames.map((name) => ({ ...words[name], additive: metrics[name].additive }))
  return {
    groups: sources.map((source) => ({
      source,
      entries: entries.filter(({ name }) => metrics[name as keyof typeof metrics].from === source),
    })),
  }
}
