import { type MetricName, metricNames, metrics } from '@guanlan/warehouse/metrics/catalog'
import { slicesOf } from '@guanlan/warehouse/queries/query/plan'
import { getLocale } from '#lib/paraglide/runtime.js'
import { dimensionLabel, metricWords } from '#lib/server/words.ts'

const sources = ['traffic', 'sessions', 'sales', 'first_orders', 'refunds', 'returns', 'spend', 'several'] as const

/** What a metric is made of: two others and the sign between them; nothing when it is counted from facts. */
function formulaOf(name: MetricName) {
  const { making } = metrics[name]
  if (making.kind === 'measure' || making.kind === 'percentile') return undefined
  return making.kind === 'ratio'
    ? { left: making.numerator as MetricName, sign: '÷', right: making.denominator as MetricName }
    : { left: making.minuend as MetricName, sign: '−', right: making.subtrahend as MetricName }
}

export const load = () => {
  const language = getLocale()
  const words = metricWords(metricNames, language)
  const entries = metricNames.map((name) => {
    const formula = formulaOf(name)
    return {
      ...words[name],
      additive: metrics[name].additive,
      formula: formula && { ...formula, labels: [words[formula.left].label, words[formula.right].label] },
      slices: slicesOf(name).map((slice) => dimensionLabel(slice, language)),
    }
  })
  return {
    groups: sources.map((source) => ({
      source,
      entries: entries.filter(({ name }) => metrics[name as MetricName].from === source),
    })),
  }
}
