/** What scrolls a page: the page itself, else the largest part of it that does, as in a page made like an app. */
export function scrollerOf(document: Document): Element {
  const root = document.scrollingElement ?? document.documentElement
  const view = document.defaultView
  if (!view || root.scrollHeight > root.clientHeight + 1) return root
  const half = (view.innerWidth * view.innerHeight) / 2
  let best: { element: Element; size: number } | undefined
  for (const element of document.querySelectorAll('body, body *')) {
    if (element.scrollHeight <= element.clientHeight + 1) continue
    const size = element.clientWidth * element.clientHeight
    if (size < half || size <= (best?.size ?? 0)) continue
    if (/auto|scroll/.test(view.getComputedStyle(element).overflowY)) best = { element, size }
  }
  return best?.element ?? root
}

/** Tells elements that move with the scroller from those that stay, or stick for a while. */
export function movesWith(scroller: Element): (element: Element) => boolean {
  const known = new Map<Element, boolean>()
  const view = scroller.ownerDocument.defaultView
  const above = (element: Element): Element | null => {
    if (element.assignedSlot) return element.assignedSlot
    const { parentElement } = element
    if (parentElement) return parentElement
    const root = element.getRootNode()
    return 'host' in root ? (root as ShadowRoot).host : null
  }
  const moves = (element: Element): boolean => {
    if (element === scroller) return true
    const told = known.get(element)
    if (told !== undefined) return told
    const parent = above(element)
    const position = view?.getComputedStyle(element).position
    const found = position !== 'fixed' && position !== 'sticky' && !isOnTop(element) && parent !== null && moves(parent)
    known.set(element, found)
    return found
  }
  return moves
}

/** A modal dialog lies over the page whatever its position. */
const isOnTop = (element: Element): boolean => element.tagName === 'DIALOG' && element.matches(':modal')
