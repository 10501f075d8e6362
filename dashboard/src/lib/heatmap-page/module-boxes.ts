import type { ModuleRow } from './answers.ts'
import type { ShownBox } from './boxes-overlay.svelte'
import { boxInView, type Placed } from './layout.ts'

/** Modules and their cards as boxes over the page, filled by their share of the clicks beside the largest of their kind. */
export function moduleBoxes(
  placed: readonly Placed<ModuleRow>[],
  scroll: { left: number; top: number },
  words: (row: ModuleRow) => string,
): ShownBox[] {
  const mostOf = (isCard: boolean) =>
    Math.max(0, ...placed.filter(({ row }) => row.slot > 0 === isCard).map(({ row }) => row.click_share ?? 0))
  const most = { cards: mostOf(true), modules: mostOf(false) }
  const strengthOf = ({ slot, click_share }: ModuleRow) => {
    const beside = slot > 0 ? most.cards : most.modules
    // Where cards are told, they are what is filled.
    return beside === 0 || (slot === 0 && most.cards > 0) ? 0 : (click_share ?? 0) / beside
  }
  return placed.map((one) => ({
    key: one.row.slot > 0 ? `slot ${one.row.slot} ${one.row.module}` : `module ${one.row.module}`,
    box: boxInView(one, scroll),
    title: one.row.slot > 0 ? `${one.row.slot}` : one.row.module,
    text: words(one.row),
    strength: strengthOf(one.row),
    kind: 'module',
  }))
}
