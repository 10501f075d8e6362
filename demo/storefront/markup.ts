/** An element of a page. It is written as HTML for browsers, and told as rrweb-snapshot tells pages. */
export interface Tag {
  tag: string
  attributes: Readonly<Record<string, string>>
  children: readonly (Tag | string)[]
}

/** `true` is an attribute without a value; what is false or undefined is left out. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

export function h(tag: string, attributes: Attributes = {}, ...children: (Tag | string | false)[]): Tag {
  const kept = Object.entries(attributes).filter(([, value]) => value !== false && value !== undefined)
  return {
    tag,
    attributes: Object.fromEntries(kept.map(([name, value]) => [name, value === true ? '' : String(value)])),
    children: children.filter((child) => child !== false),
  }
}

const empty = new Set(['img', 'input', 'link', 'meta'])
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<"]/g, (found) => escapes[found] ?? '')

/** HTML, text escaped; of `style` and `script`, whose text is ours, as it is. */
export function html({ tag, attributes, children }: Tag): string {
  const told = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  const inner = children.map((child) =>
    typeof child !== 'string' ? html(child) : tag === 'style' || tag === 'script' ? child : escaped(child),
  )
  return `<${tag}${told.join('')}>${empty.has(tag) ? '' : `${inner.join('')}</${tag}>`}`
}
