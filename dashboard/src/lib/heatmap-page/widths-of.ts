import type { VersionRow } from './answers.ts'
import type { WidthClass } from './page-address.ts'

export interface WidthViews {
  name: WidthClass
  views: number
  has_snapshot: boolean
}

const order: readonly WidthClass[] = ['phone', 'tablet', 'laptop', 'wide']

/** The widths that a page was looked at in, narrowest first. */
export const widthsOf = (versions: readonly VersionRow[]): WidthViews[] =>
  order.flatMap((name) => {
    const rows = versions.filter(({ width_class }) => width_class === name)
    const views = rows.reduce((sum, row) => sum + row.views, 0)
    return rows.length === 0 ? [] : [{ name, views, has_snapshot: rows.some((row) => row.has_snapshot) }]
  })

/** The width to begin with: the most viewed of those that have a copy, else the most viewed. */
export function usualWidth(widths: readonly WidthViews[]): WidthClass {
  const best = widths.toSorted(
    (one, other) => Number(other.has_snapshot) - Number(one.has_snapshot) || other.views - one.views,
  )
  return best[0]?.name ?? 'phone'
}
