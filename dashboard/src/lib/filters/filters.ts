/** The slices that visits, orders and refunds all know: every number of a page can be asked of them. */
export const filterable = ['channel', 'channel_group', 'campaign', 'device'] as const
export type Filterable = (typeof filterable)[number]

/** One slice and its values, any of which counts. */
export interface SliceFilter {
  name: Filterable
  values: string[]
}

export const isFilterable = (name: string): name is Filterable => filterable.some((each) => each === name)

/** What an address narrows a page to, as in `?channel=douyin&channel=direct&device=phone`; an empty value is “unknown”. */
export function filtersOf(params: { getAll(name: string): string[] }): SliceFilter[] {
  return filterable.flatMap((name) => {
    const values = [...new Set(params.getAll(name))]
    return values.length === 0 ? [] : [{ name, values }]
  })
}

/** The same page narrowed by one more value, or with that value taken away. */
export function addressOfFilter(
  url: { pathname: string; search: string },
  { name, value, without = false }: { name: string; value: string; without?: boolean },
): string {
  const params = new URLSearchParams(url.search)
  if (without) params.delete(name, value)
  else if (!params.has(name, value)) params.append(name, value)
  const query = params.toString()
  return query ? `${url.pathname}?${query}` : url.pathname
}
