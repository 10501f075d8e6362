import { type MetricName, metrics } from '../../metrics/catalog.ts'
import { type DimensionName, dimensionNames, dimensions } from '../../metrics/dimensions.ts'
import type { Source } from '../../metrics/metric.ts'
import { type Reading, readings } from '../../metrics/sources.ts'
import { isFine } from '../buckets.ts'
import { dimensionsOf } from '../filter.ts'
import { QueryError } from '../query-error.ts'
import { dimensionsIn, type Question } from './parse.ts'

/** Measures that are read together, from the facts of one source. */
export interface Part {
  reading: Reading
  measures: string[]
  /** Whether a dimension needs the joined table. */
  joined: boolean
}

/** The measures that a metric is made of, down to those that are counted from facts. */
export function measuresOf(name: MetricName): MetricName[] {
  const { making } = metrics[name]
  if (making.kind === 'measure' || making.kind === 'percentile') return [name]
  const parts = making.kind === 'ratio' ? [making.numerator, making.denominator] : [making.minuend, making.subtrahend]
  return parts.flatMap((part) => measuresOf(part as MetricName))
}

const onProducts: readonly DimensionName[] = ['product', 'category']

const readingOf = (measure: MetricName, byLine: boolean): Reading => {
  const { reading, from } = metrics[measure]
  const source = reading ?? (from as Source)
  return (byLine && readings[source].lines) || source
}

/** The dimensions that a metric can be asked of: those that the facts of all its measures know. */
export const slicesOf = (metric: MetricName): DimensionName[] =>
  dimensionNames.filter((name) =>
    measuresOf(metric).every((measure) => dimensions[name].sql[readingOf(measure, onProducts.includes(name))]),
  )

function check(metric: MetricName, reading: Reading, asked: DimensionName[], question: Question) {
  for (const name of asked) {
    if (dimensions[name].sql[reading]) continue
    const field = question.slices.includes(name) ? 'dimensions' : 'filters'
    throw new QueryError('not_available', field, `${metric} cannot be asked of ${name}: its facts do not know it.`)
  }
  if (reading === 'spend' && question.grain && isFine(question.grain)) {
    throw new QueryError(
      'not_available',
      'dimensions',
      `${metric} cannot be asked by ${question.grain}: it is known by the day.`,
    )
  }
}

/**
 * Which measures to read from which facts.
 * @throws QueryError when a metric cannot be asked of a dimension, naming both
 */
export function partsOf(question: Question): Part[] {
  const asked = [...new Set([...dimensionsIn(question.slices), ...dimensionsOf(question.filters)])]
  const byLine = asked.some((name) => onProducts.includes(name))
  const parts = new Map<Reading, Set<string>>()
  for (const metric of question.metrics) {
    for (const measure of measuresOf(metric)) {
      const reading = readingOf(measure, byLine)
      check(metric, reading, asked, question)
      parts.set(reading, (parts.get(reading) ?? new Set()).add(measure))
    }
  }
  return [...parts].map(([reading, measures]) => ({
    reading,
    measures: [...measures],
    joined: asked.some((name) => dimensions[name].joined?.includes(reading)),
  }))
}
