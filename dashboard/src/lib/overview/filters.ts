import type { Condition } from '@guanlan/warehouse/queries/filter'

/** The slices that visits, orders and refunds all know: every number of the overview can be asked of them. */
const filterable = ['channel', 'channel_group', 'device'] as const
export type Filterable = (typeof filterable)[number]

export const isFilterable = (name: string): name is Filterable => filterable.some((each) => each === name)

/** What an address narrows the overview to, as in `?channel=douyin&device=phone`; an empty value is “unknown”. */
export function filtersOf(params: { get(name: string): string | null }): { name: Filterable; value: string }[] {
  return filterable.flatMap((name) => {
    const value = params.get(name)
    return value === null ? [] : [{ name, value }]
  })
}

/** The same as the read API takes it. */
export const conditionsOf = (filters: ReturnType<typeof filtersOf>): Condition[] =>
  filters.map(({ name, value }) => ['is', name, [value]])
