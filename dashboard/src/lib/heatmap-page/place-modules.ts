import type { ModuleRow } from './answers.ts'
import type { Copy } from './copy.ts'
import { type Placed, placer } from './layout.ts'
import { find } from './locate.ts'
import { moduleSelectors } from './module-selector.ts'
import { slotsOf } from './slots-of.ts'

/** Finds modules, and cards of them, on a copy: each module by the first of its names that names something there. */
export function placeModules(copy: Copy, rows: readonly ModuleRow[]): Placed<ModuleRow>[] {
  const place = placer(copy)
  const modules = new Map<string, { element: Element; slots: Map<number, Element> } | undefined>()
  const moduleOf = (name: string) => {
    if (!modules.has(name)) {
      const element = moduleSelectors(name)
        .map((selector) => find(copy.document, selector))
        .find((found) => found !== undefined)
      modules.set(name, element && { element, slots: slotsOf(element) })
    }
    return modules.get(name)
  }
  return rows.flatMap((row) => {
    const module = moduleOf(row.module)
    const element = row.slot === 0 ? module?.element : module?.slots.get(row.slot)
    const placed = element && place(element)
    return placed ? [{ row, ...placed }] : []
  })
}
