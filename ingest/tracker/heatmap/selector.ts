/** Made by hand: no counter of a framework's. */
const stable = /^[a-z][a-z_-]*\d{0,2}$/i
/** Characters of a selector that ingest keeps, of a name of the page's own that may stand in it, and of a module's name. */
const longest = 1000
export const longestName = 200

/** The parent, out of a shadow root too. */
export const parentOf = (element: Element): Element | null => element.parentElement ?? hostOf(element)

/** Of its shadow root, where it is in one. */
function hostOf(element: Element): Element | null {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}

/** A name that only this element has in its document or shadow root. */
function nameOf(element: Element): string | undefined {
  const { id } = element
  const module = element.getAttribute('data-module')
  const names = [stable.test(id) && `#${id}`, module && `[data-module="${CSS.escape(module)}"]`]
  return names.find(
    (name) =>
      name && name.length <= longestName && (element.getRootNode() as Document).querySelectorAll(name).length === 1,
  ) as string
}

function stepOf(element: Element): string {
  const { localName } = element
  let place = 1
  let others = 0
  for (let at = element.previousElementSibling; at; at = at.previousElementSibling)
    if (at.localName === localName) place++
  for (let at = element.nextElementSibling; at && !others; at = at.nextElementSibling)
    if (at.localName === localName) others++
  return CSS.escape(localName) + (place > 1 || others ? `:nth-of-type(${place})` : '')
}

/**
 * Where an element stands, readable and the same for as long as what is before it is: the nearest unique id or module, and
 * the path from there. ` >>> ` leads into the shadow root of what stands before it.
 */
export function selectorOf(element: Element, most = longest): string {
  const steps: string[] = []
  for (let at: Element | null = element; at; at = at.parentElement) {
    const name = nameOf(at)
    const host = hostOf(at)
    steps.unshift(name ?? stepOf(at))
    if (host && (name || !at.parentElement)) return `${selectorOf(host)} >>> ${name ? '' : ':host>'}${steps.join('>')}`
    if (name) break
  }
  // What is cut off is at the top, where there is least to tell apart.
  while (steps[1] && steps.join('>').length > most) steps.shift()
  return steps.join('>')
}
