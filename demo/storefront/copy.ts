import { type Category, categories } from '../shop/categories.ts'
import { documentOf, style } from './document.ts'
import type { Tag } from './markup.ts'
import { pageOf } from './pages.ts'
import { productOf } from './parts.ts'
import { pictureOf } from './pictures.ts'

const dataOf = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`

function pictureAt(src: string): string {
  const name = src.replace(/^\/picture\/|\.svg$/g, '')
  const product = productOf(name)
  if (product) return dataOf(pictureOf(product.category, Number(name.slice(-3))))
  return name in categories ? dataOf(pictureOf(name as Category, 0, [1360, 440])) : ''
}

/** A tree of rrweb-snapshot: 0 is a document, 1 its type, 2 an element, 3 a text. */
interface Node {
  type: 0 | 1 | 2 | 3
  id: number
  [more: string]: unknown
}

/** A page as rrweb-snapshot would tell it of a browser that shows it: with its styles and pictures, without its scripts. */
function treeOf(root: Tag): Node {
  let id = 0
  const text = (textContent: string): Node => ({ type: 3, textContent, id: ++id })
  const element = (tagName: string, attributes: object, children: Node[]): Node => ({
    ...{ type: 2, tagName, attributes, childNodes: children, id: ++id },
  })
  const tell = ({ tag, attributes, children }: Tag): Node[] => {
    if (tag === 'script') return []
    if (tag === 'link') return [element('style', { _cssText: style }, [])]
    const { loading: _, ...kept } = attributes
    const own = tag === 'img' ? { ...kept, src: pictureAt(attributes.src ?? '') } : kept
    return [
      element(
        tag,
        own,
        children.flatMap((child) => (typeof child === 'string' ? [text(child)] : tell(child))),
      ),
    ]
  }
  const type: Node = { type: 1, name: 'html', publicId: '', systemId: '', id: ++id }
  return { type: 0, childNodes: [type, ...tell(root)], id: ++id }
}

/** The copy of the page that a view is of, as a browser would send it; undefined where the storefront has no such page. */
export function copyFor({ view }: { view?: unknown }): Record<string, unknown> | undefined {
  const { path, width, height } = view as { path: string; width: number; height: number }
  const page = pageOf(path)
  return page && { view, snapshot: { node: treeOf(documentOf(page)), width, height } }
}
