import { find } from './locate.ts'
import type { PageState } from './states.ts'

type Undo = () => void

/** Changes inline styles and attributes of elements, and knows how to put them back. */
function changes() {
  const before = new Map<Element, Map<string, string | null>>()
  const keep = (element: Element, name: string) => {
    const kept = before.get(element) ?? new Map<string, string | null>()
    if (!kept.has(name)) kept.set(name, element.getAttribute(name))
    before.set(element, kept)
  }
  return {
    attribute(element: Element, name: string, value: string | null) {
      keep(element, name)
      if (value === null) element.removeAttribute(name)
      else element.setAttribute(name, value)
    },
    style(element: Element, name: string, value: string) {
      keep(element, 'style')
      ;(element as HTMLElement).style.setProperty(name, value, 'important')
    },
    undo() {
      for (const [element, attributes] of before)
        for (const [name, value] of attributes)
          if (value === null) element.removeAttribute(name)
          else element.setAttribute(name, value)
    },
  }
}

function openDialog(dialog: HTMLDialogElement): Undo {
  const wasOpen = dialog.hasAttribute('open')
  dialog.removeAttribute('open')
  // The top layer centres it over all else, as it was for the visitor.
  dialog.showModal()
  return () => {
    dialog.close()
    if (wasOpen) dialog.setAttribute('open', '')
  }
}

/** Takes away what hides one element, of itself or as an ancestor of what is shown. */
function uncover(element: HTMLElement, view: Window, { attribute, style }: ReturnType<typeof changes>): void {
  for (const name of ['hidden', 'aria-hidden', 'inert']) if (element.hasAttribute(name)) attribute(element, name, null)
  if (element.tagName === 'DETAILS' && !element.hasAttribute('open')) attribute(element, 'open', '')
  const look = view.getComputedStyle(element)
  if (look.display === 'none') style(element, 'display', 'block')
  if (look.visibility !== 'visible') style(element, 'visibility', 'visible')
  if (Number(look.opacity) < 0.05) style(element, 'opacity', '1')
  if (look.clipPath !== 'none') style(element, 'clip-path', 'none')
  const { width, height } = element.getBoundingClientRect()
  if (width === 0) style(element, 'width', 'auto')
  if (height === 0) {
    style(element, 'height', 'auto')
    style(element, 'max-height', 'none')
  }
}

/** Moves what waits outside of the viewport, as a drawer does, into it. */
function bringIn(element: HTMLElement, view: Window, { style }: ReturnType<typeof changes>): void {
  const isOutside = () => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const isFixed = view.getComputedStyle(element).position === 'fixed'
    return right <= 1 || left >= view.innerWidth - 1 || (isFixed && (bottom <= 1 || top >= view.innerHeight - 1))
  }
  if (!isOutside()) return
  style(element, 'transform', 'none')
  style(element, 'translate', 'none')
  if (!isOutside()) return
  const { left, top, bottom } = element.getBoundingClientRect()
  if (left >= view.innerWidth - 1) {
    style(element, 'right', '0')
    style(element, 'left', 'auto')
  } else style(element, 'left', '0')
  if (bottom <= 1 || top >= view.innerHeight - 1) style(element, 'top', '0')
}

/**
 * Shows what lay over a page in a state.
 * @returns puts the page back; undefined when the copy does not hold it
 */
export function openState(document: Document, { kind, selector }: PageState): Undo | undefined {
  if (kind === 'page') return () => {}
  const element = find(document, selector) as HTMLElement | undefined
  const view = document.defaultView
  if (!element || !view) return undefined
  const all = changes()
  const chain: HTMLElement[] = []
  for (let one: HTMLElement | null = element; one && one !== document.documentElement; ) {
    chain.push(one)
    const root: Node = one.getRootNode()
    one = one.parentElement ?? ('host' in root ? ((root as ShadowRoot).host as HTMLElement) : null)
  }
  for (const one of chain.toReversed().filter((each) => each !== element || each.tagName !== 'DIALOG')) uncover(one, view, all) // biome-ignore format: one line
  if (element.tagName === 'DIALOG') {
    const close = openDialog(element as HTMLDialogElement)
    return () => {
      close()
      all.undo()
    }
  }
  bringIn(element, view, all)
  return all.undo
}
