import type { MetricName } from '@guanlan/warehouse/metrics/catalog'
import type { DimensionName } from '@guanlan/warehouse/metrics/dimensions'
import type { Cell } from '@guanlan/warehouse/queries/cells/read-cells'

/** A value that a dimension has, or has not. */
export type Narrowing = ['is' | 'is_not', DimensionName, string]

interface Question {
  measures: readonly MetricName[]
  narrowed: readonly Narrowing[]
  dimension?: DimensionName
  /** Places of the windows, of which the mean is taken. */
  windows: readonly number[]
}

/** By value of the dimension ('' without one): each measure, the mean over the windows. */
export type Sums = (question: Question) => Map<string, number[]>

/** Answers from cells that were read once. */
export const sumsOf =
  (cells: readonly Cell[], dimensions: readonly DimensionName[]): Sums =>
  ({ measures, narrowed, dimension, windows }) => {
    const place = new Map(dimensions.map((name, at) => [name, at]))
    const held = narrowed.map(([is, name, value]) => ({ at: place.get(name) ?? -1, value, wanted: is === 'is' }))
    const by = dimension ? (place.get(dimension) ?? -1) : -1
    const sums = new Map<string, number[]>()
    for (const { window, values, measures: counts } of cells) {
      if (!windows.includes(window)) continue
      if (!held.every(({ at, value, wanted }) => (values[at] === value) === wanted)) continue
      const key = values[by] ?? ''
      const known = sums.get(key) ?? measures.map(() => 0)
      sums.set(
        key,
        known.map((sum, at) => sum + (counts[measures[at] as string] ?? 0) / windows.length),
      )
    }
    return sums
  }
