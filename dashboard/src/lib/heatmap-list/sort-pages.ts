import type { PageRow } from '#lib/heatmap-page/answers.ts'

/** The columns of the list of pages that it can be sorted by. */
const sortable = ['views', 'visitors', 'clicks_per_view', 'dead_share', 'rage_share', 'nowhere_share', 'conversion'] as const // biome-ignore format: a list
export type Sortable = (typeof sortable)[number]

export const isSortable = (name: string | null): name is Sortable => sortable.some((each) => each === name)

/** The pages with the most of something first, those that have none of it last; else as they were. */
export const sortPages = (rows: readonly PageRow[], by: Sortable): PageRow[] =>
  rows.toSorted((one, other) => (other[by] ?? -1) - (one[by] ?? -1))
