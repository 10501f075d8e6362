import { parentOf, selectorOf } from './selector.ts'

/** With its kind before it, as much as ingest keeps. */
const longest = 490
const dialog = 'dialog,[role=dialog],[role=alertdialog],[aria-modal=true]'
const menu = '[role=menu],[role=listbox],[popover],[data-menu]'

/** How an element lies on its page. */
export interface Layer {
  /** `dialog:<selector>` or `menu:<selector>` of what lies over the page and holds it; '' for the page itself. */
  state: string
  /** Whether it stays where it is when the page is scrolled. */
  fixed: boolean
}

/** What is over the page is out of its flow: a menu that stands in it, open for ever, is a part of the page. */
export function layerOf(element: Element): Layer {
  let fixed = false
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const { position } = getComputedStyle(at)
    fixed ||= position === 'fixed' || position === 'sticky'
    const over = /fixed|absolute/.test(position)
    const kind = over && ((at.matches(dialog) && 'dialog') || (at.matches(menu) && 'menu'))
    if (kind) return { state: `${kind}:${selectorOf(at, longest)}`, fixed }
  }
  return { state: '', fixed }
}
