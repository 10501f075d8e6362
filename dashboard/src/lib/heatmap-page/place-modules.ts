import type { ModuleRow } from './answers.ts'
import type { Copy } from './copy.ts'
import { type Layout, layOut } from './layout.ts'
import { moduleSelectors } from './module-selector.ts'

/** Finds modules on a copy, each by the first of its names that names something there. */
export function placeModules(copy: Copy, rows: readonly ModuleRow[]): Layout<ModuleRow & { selector: string }> {
  const tried = rows.map((row) => {
    const names = moduleSelectors(row.module).map((selector) => ({ ...row, selector }))
    const { placed, missing } = layOut(copy, names)
    return { placed: placed.slice(0, 1), missing: placed.length === 0 ? missing.slice(-1) : [] }
  })
  return { placed: tried.flatMap(({ placed }) => placed), missing: tried.flatMap(({ missing }) => missing) }
}
