/** How deep, and how much, the structure of a page is read. */
const deepest = 7
const most = 3000

/** 32 bits, FNV-1a. */
const hash = (text: string, start: number) => {
  let value = start
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619)
  return (value >>> 0).toString(16).padStart(8, '0')
}

/**
 * Which version of a page this is: 16 hex digits of its elements down to the seventh level. Neither texts nor how many
 * there are of a kind in a row tell versions apart: a list that is longer today is the same page.
 */
export function structureOf(body: Element): string {
  let left = most
  const outline = (element: Element, depth: number): string => {
    if (left-- < 0 || depth > deepest || /^(script|style|link|noscript|template|iframe)$/.test(element.localName))
      return ''
    const inner: string[] = []
    for (const child of element.children) {
      const told = outline(child, depth + 1)
      if (told && told !== inner.at(-1)) inner.push(told)
    }
    return `${element.localName}${element.getAttribute('data-module') ?? ''}(${inner})`
  }
  const told = outline(body, 0)
  return hash(told, 0x811c9dc5) + hash(told, 0x01234567)
}
