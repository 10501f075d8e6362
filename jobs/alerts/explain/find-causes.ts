import type { Explanation } from '@guanlan/warehouse/alerts/incident'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import { partsOf, type Weeks } from './parts-of.ts'
import { type Candidate, type Part, rankDimensions } from './rank-dimensions.ts'
import type { Narrowing } from './slice-sums.ts'

type Cause = Explanation['causes'][number]
export type CauseDimension = Cause['slices'][number]['dimension']

/** When so little of the gap is left outside the causes, the rest is noise. */
const rest = 0.33
const mostCauses = 3
/** A cause is told more closely when one value inside it carries this much of it, and usually is only so large a part. */
const [carries, usually] = [0.8, 0.6]

/** A dimension that surprises nearly as much as the most surprising one is told instead when it is asked of earlier. */
const nearly = 0.75

/** Counts differ by chance: of what could be chance nothing is told. */
const isChance = (metric: MetricName, { expected, actual }: Part) =>
  metrics[metric].unit !== 'money' && Math.abs(actual - expected) < 2 * Math.sqrt(expected + 1)

const gapOf = (parts: readonly Part[]) => parts.reduce((sum, { expected, actual }) => sum + actual - expected, 0)

interface Asked {
  metric: MetricName
  dimensions: readonly CauseDimension[]
}

function ranked(weeks: Weeks, { metric, dimensions }: Asked, narrowed: readonly Narrowing[]) {
  const cuts = dimensions.map((dimension) => [dimension, partsOf(weeks, { metric, narrowed, dimension })] as const)
  const candidates = rankDimensions(Object.fromEntries(cuts)) as (Candidate & { dimension: CauseDimension })[]
  const alike = candidates.filter(({ surprise }) => surprise >= nearly * (candidates[0]?.surprise ?? 0))
  // A campaign of one channel falls with it: the same visitors by another name.
  const best = dimensions.flatMap((name) => alike.find(({ dimension }) => dimension === name) ?? [])[0]
  return { best, gap: gapOf(cuts[0]?.[1] ?? []) }
}

const inOrder = (slices: Cause['slices'], { dimensions }: Asked) =>
  slices.toSorted((a, b) => dimensions.indexOf(a.dimension) - dimensions.indexOf(b.dimension))

/** The value inside a slice that carries nearly all of its gap, though it usually is only a part of it. */
function closer(weeks: Weeks, asked: Asked, narrowed: readonly Narrowing[], whole: Part): Cause['slices'] {
  const used = narrowed.filter(([is]) => is === 'is').map(([, name]) => name)
  const dimensions = asked.dimensions.filter((name) => !used.includes(name))
  const { best } = ranked(weeks, { ...asked, dimensions }, narrowed)
  const [part] = best?.parts ?? []
  if (!best || !part || part.share < carries || isChance(asked.metric, part)) return []
  return part.expected < usually * whole.expected ? [{ dimension: best.dimension, value: part.value }] : []
}

/**
 * The parts that explain a gap, the largest first. What is only a consequence is folded in: after each cause the rest is
 * cut anew without it, and a device that fell because the channel fell is no longer there.
 */
export function findCauses(weeks: Weeks, asked: Asked): Cause[] {
  const causes: Cause[] = []
  let outside: Narrowing[] = []
  let whole: number | undefined
  while (causes.length < mostCauses) {
    const { best, gap } = ranked(weeks, asked, outside)
    whole ??= gap
    if (whole === 0 || gap / whole < rest) return causes
    const part = best?.parts.find((one) => !isChance(asked.metric, one))
    if (!best || !part) return causes
    const { dimension } = best
    const inside: Narrowing[] = [...outside, ['is', dimension, part.value]]
    causes.push({
      slices: inOrder([{ dimension, value: part.value }, ...closer(weeks, asked, inside, part)], asked),
      expected: part.expected,
      actual: part.actual,
      share: (part.actual - part.expected) / whole,
    })
    outside = [...outside, ['is_not', dimension, part.value]]
  }
  return causes
}

/** The cause of an incident of one slice is that slice, told more closely where one value inside it carries nearly all. */
export function causeOf(weeks: Weeks, asked: Asked, slice: Cause['slices'][number]): Cause {
  const narrowed: Narrowing[] = [['is', slice.dimension, slice.value]]
  const [part] = partsOf(weeks, { metric: asked.metric, narrowed })
  const whole = part ?? { value: '', expected: 0, actual: 0 }
  const { expected, actual } = whole
  return { slices: [slice, ...closer(weeks, asked, narrowed, whole)], expected, actual, share: 1 }
}
