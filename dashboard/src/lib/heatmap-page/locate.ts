/** Steps into the shadow root of what was found so far. */
const into = ' >>> '

function within(root: Document | ShadowRoot, path: string): Element | null {
  try {
    return root.querySelector(path) ?? (path.startsWith(':host>') ? root.querySelector(path.slice(6)) : null)
  } catch {
    // No selector of this browser: another's, or cut off.
    return null
  }
}

/** The element that a selector names, boxless or not; undefined when there is none. */
export function find(document: Document, selector: string): Element | undefined {
  let root: Document | ShadowRoot = document
  let found: Element | null = null
  for (const [at, path] of selector.split(into).entries()) {
    if (at > 0) {
      const shadow: ShadowRoot | null | undefined = found?.shadowRoot
      if (!shadow) return undefined
      root = shadow
    }
    found = within(root, path)
  }
  return found ?? undefined
}

/** Where an element lies in the viewport of its document. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Its box, as the viewport is scrolled now; undefined when it has none. */
export function boxOf(element: Element): Box | undefined {
  const { left, top, width, height } = element.getBoundingClientRect()
  if (width <= 0 || height <= 0) return undefined
  // It takes its room, and nobody sees it.
  if (element.ownerDocument.defaultView?.getComputedStyle(element).visibility === 'hidden') return undefined
  return { left, top, width, height }
}
