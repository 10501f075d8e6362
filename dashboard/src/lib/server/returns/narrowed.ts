import type { Condition } from '@guanlan/warehouse/queries/filter'
import { productNames } from '@guanlan/warehouse/queries/products/product-names'
import type { Language } from '#lib/format/intl.ts'
import { type Narrowable, narrowingOf } from '#lib/returns/narrowing.ts'
import type { PageWorld } from '../ask.ts'
import { dimensionLabel, valueLabel } from '../words.ts'

/** A value that the page is narrowed to, in words. */
export interface NarrowedChip {
  name: Narrowable
  dimension: string
  value: string
  label: string
}

/** What an address narrows the page to, as conditions and in words. */
export async function narrowed({ warehouse, store, asked }: PageWorld, params: URLSearchParams, language: Language) {
  const found = narrowingOf(params)
  const skus = found.flatMap(({ name, values }) => (name === 'product' ? values : []))
  const names = await productNames(warehouse, { store_id: store.store_id, skus }, asked)
  const labelOf = (name: Narrowable, value: string) =>
    (name === 'product' && names.get(value)) || valueLabel(name, value, language)
  return {
    conditions: found.map(({ name, values }): Condition => ['is', name, values]),
    chips: found.flatMap(({ name, values }) =>
      values.map((value): NarrowedChip => {
        return { name, dimension: dimensionLabel(name, language), value, label: labelOf(name, value) }
      }),
    ),
  }
}
