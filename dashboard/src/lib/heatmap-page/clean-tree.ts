import { nodeTypes, type TreeNode } from './tree.ts'

type Attributes = NonNullable<TreeNode['attributes']>

/** What runs, loads documents of its own, or sends elsewhere. */
const removed = new Set(['script', 'noscript', 'object', 'embed', 'applet', 'base', 'meta'])
const named = new Set(['img', 'form', 'iframe'])
const loads = new Set(['srcset', 'poster', 'background', 'data-src', 'data-srcset', 'srcdoc', 'ping', 'imagesrcset'])

/** A grey box in place of a picture that is not in the copy; without a size it is as high as wide, as most of goods are. */
function standIn(width: number, height: number): string {
  const size = width > 0 && height > 0 ? `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` : 'viewBox="0 0 1 1"' // biome-ignore format: one line
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect width="100%" height="100%" fill="#8886"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** A style sheet without what it would load from elsewhere. */
export const cleanCss = (css: string): string =>
  css
    .replace(/@import\s[^;]*;?/gi, '')
    .replace(/url\(\s*(?!['"]?\s*(?:data:|#))(?:"[^"]*"|'[^']*'|[^)]*)\s*\)/gi, 'none')

function cleanAttribute(tag: string, name: string, value: string, all: Attributes): string | undefined {
  const key = name.toLowerCase()
  if (key.startsWith('on') || loads.has(key)) return undefined
  // By these names the document’s own properties are hidden, as in `<img name="body">`.
  if (key === 'name' && named.has(tag)) return undefined
  if (key === 'style' || key === '_csstext') return cleanCss(value)
  if (key === 'src') {
    if (value.startsWith('data:image/')) return value
    if (tag !== 'img' || 'rr_dataURL' in all) return undefined
    return standIn(Number.parseFloat(String(all.width ?? all.rr_width)), Number.parseFloat(String(all.height ?? all.rr_height))) // biome-ignore format: one line
  }
  // Fragments name a part of the same document: an icon.
  if (key === 'href' || key === 'xlink:href') return tag === 'a' || value.startsWith('#') || value.startsWith('data:image/') ? value : undefined // biome-ignore format: one line
  return value
}

function cleanNode(node: TreeNode, inStyle: boolean): TreeNode {
  const tag = node.tagName?.toLowerCase() ?? ''
  const all = node.attributes ?? {}
  const attributes: Attributes = {}
  for (const [name, value] of Object.entries(all)) {
    const kept = typeof value === 'string' ? cleanAttribute(tag, name, value, all) : value
    if (kept !== undefined) attributes[name] = kept
  }
  const text = node.textContent
  return {
    ...node,
    ...(node.attributes && { attributes }),
    ...(text !== undefined && (inStyle || node.isStyle) && { textContent: cleanCss(text) }),
    ...(node.childNodes && {
      childNodes: node.childNodes
        .filter((child) => child.type !== nodeTypes.element || isKept(child))
        .map((child) => cleanNode(child, tag === 'style')),
    }),
  }
}

function isKept({ tagName = '', attributes = {} }: TreeNode): boolean {
  const tag = tagName.toLowerCase()
  // A linked style sheet is in the copy as its text, or not at all.
  return !removed.has(tag) && (tag !== 'link' || '_cssText' in attributes)
}

/**
 * A copy's tree without what would run, load or lead elsewhere. The frame's own policy forbids it all the same: this keeps the
 * page quiet, and gives pictures that are not in the copy the room that they took.
 */
export const cleanTree = (root: TreeNode): TreeNode => cleanNode(root, false)
