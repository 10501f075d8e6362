import type { ModuleRow } from './answers.ts'
import type { ShownBox } from './boxes-overlay.svelte'
import { boxInView, type Placed } from './layout.ts'

/** Modules as boxes over the page, filled by their share of the clicks beside the largest. */
export function moduleBoxes(
  placed: readonly Placed<ModuleRow>[],
  scroll: { left: number; top: number },
  words: (row: ModuleRow) => string,
): ShownBox[] {
  const most = Math.max(0, ...placed.map(({ row }) => row.click_share ?? 0))
  return placed.map((one) => ({
    key: `module ${one.row.module}`,
    box: boxInView(one, scroll),
    title: one.row.module,
    text: words(one.row),
    strength: most === 0 ? 0 : (one.row.click_share ?? 0) / most,
    kind: 'module',
  }))
}
