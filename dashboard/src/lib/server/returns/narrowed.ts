import type { Condition } from '@guanlan/warehouse/queries/filter'
import type { Language } from '#lib/format/intl.ts'
import { type Narrowable, narrowingOf } from '#lib/returns/narrowing.ts'
import { dimensionLabel, valueLabel } from '../words.ts'

/** A value that the page is narrowed to, in words. */
export interface NarrowedChip {
  name: Narrowable
  dimension: string
  value: string
  /** Of a product its sku: its name has to be asked for. */
  label: string
}

/** What an address narrows the page to: as conditions, in words, and which products among it. */
export function narrowed(params: URLSearchParams, language: Language) {
  const found = narrowingOf(params)
  return {
    conditions: found.map(({ name, values }): Condition => ['is', name, values]),
    chips: found.flatMap(({ name, values }) =>
      values.map((value): NarrowedChip => {
        return { name, dimension: dimensionLabel(name, language), value, label: valueLabel(name, value, language) }
      }),
    ),
    skus: found.flatMap(({ name, values }) => (name === 'product' ? values : [])),
  }
}
