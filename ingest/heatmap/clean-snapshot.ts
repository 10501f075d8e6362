import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Personal, treatmentOf } from '../events/personal.ts'
import { isObject } from '../is-object.ts'

type Values = Record<string, unknown>

/** How deep a page nests and how many nodes it has, at most: past it a copy is refused, not cut. */
const most = { depth: 1000, nodes: 200_000 }
const turn = 2000

export class SnapshotTooLarge extends Error {
  override name = 'SnapshotTooLarge'
  readonly code = 'too_large'
}

/** Elements that run, load documents of their own, or send people elsewhere. */
const removed = new Set(['script', 'noscript', 'object', 'embed', 'applet', 'base'])
const fields = new Set(['input', 'textarea', 'select', 'option'])
/** What stands in them is written or chosen by a person, or is told to one: an address that is kept. */
const answers = new Set(['textarea', 'select', 'datalist', 'output'])
/** What a button says is its value, and no person's. */
const buttons = new Set(['submit', 'button', 'reset', 'image'])
const runs = /^(?:on|srcdoc$|nonce$|integrity$|ping$|rr_src$)/i
const addresses = new Set(['href', 'action', 'formaction', 'cite', 'xlink:href'])
const resources = new Set(['src', 'srcset', 'poster', 'background', 'data-src', 'data-srcset'])
/** Browsers skip what is no letter before the scheme, and line breaks in it. */
const scriptAddress = /^[^a-z/?#]*(?:javascript|vbscript|data:text\/html)/i
const isScript = (value: string) => scriptAddress.test(value.slice(0, 200).replace(/[\r\n\t]/g, ''))

/** `logo@2x.png` has the shape of an e-mail address. */
const density = /@(\d(?:\.\d)?x)\b/g
const withoutDensity = (text: string, clean: (text: string) => string) =>
  clean(text.replace(density, '\u0001$1')).replaceAll('\u0001', '@')

const stars = (text: string) => text.replace(/\S/g, '*')

function attribute(personal: Personal, tag: string, name: string, value: string, all: Values): string | undefined {
  const key = name.toLowerCase()
  if (runs.test(key) || isScript(value)) return undefined
  if (key === 'value' && fields.has(tag)) return buttons.has(String(all.type)) ? personal.text(value) : stars(value)
  if (value.startsWith('data:image/') || value.startsWith('data:font/')) return value
  if (key === 'label' && (tag === 'option' || tag === 'optgroup')) return stars(value)
  if (key === 'style' || key === '_csstext') return withoutDensity(value, (css) => personal.text(css))
  // Fragments name a part of the same document: an icon.
  if (value.startsWith('#')) return personal.text(value)
  if (resources.has(key) || (key === 'href' && tag === 'link'))
    return withoutDensity(value, (address) => (key.endsWith('srcset') ? personal.text(address) : personal.url(address)))
  if (addresses.has(key)) return personal.url(value)
  const treatment = treatmentOf(key)
  return treatment === 'drop' ? undefined : personal.value(value, treatment)
}

function cleanAttributes(node: Values, personal: Personal): void {
  if (!isObject(node.attributes)) return
  const tag = String(node.tagName).toLowerCase()
  const all = node.attributes
  const clean: Values = {}
  for (const name in all) {
    if (name === '__proto__') continue
    const value = all[name]
    const kept = typeof value === 'string' ? attribute(personal, tag, name, value, all) : value
    if (kept !== undefined && typeof kept !== 'object') clean[name] = kept
  }
  node.attributes = clean
}

const isRemoved = (node: unknown): boolean => {
  if (!isObject(node)) return true
  const tag = String(node.tagName ?? '').toLowerCase()
  if (removed.has(tag)) return true
  return tag === 'meta' && isObject(node.attributes) && 'http-equiv' in node.attributes
}

const isStyle = (node: Values) => node.isStyle === true || String(node.tagName).toLowerCase() === 'style'

/** What stands beside the tree: style sheets, sizes. */
function cleanBeside(value: unknown, personal: Personal, depth = 0): unknown {
  if (typeof value === 'string') return withoutDensity(value, (text) => personal.text(text))
  if (depth > 6 || typeof value !== 'object' || value === null) return depth > 6 ? null : value
  if (Array.isArray(value)) return value.map((each) => cleanBeside(each, personal, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleanBeside(each, personal, depth + 1)]))
}

/**
 * A copy of a page without what runs, with personal data in texts, attributes and addresses masked, and with stars for what
 * stands in fields; its tree is changed in place. The browser has done all this before; nothing rests on its word.
 * @throws SnapshotTooLarge past a thousand levels or 200,000 nodes
 */
export async function cleanSnapshot({ node, ...beside }: Values, personal: Personal): Promise<Values> {
  if (isObject(node)) await cleanTree(node, personal)
  return { ...(cleanBeside(beside, personal) as Values), node }
}

async function cleanTree(root: Values, personal: Personal): Promise<void> {
  const open: { node: Values; depth: number; inStyle: boolean; inField: boolean }[] = [
    { node: root, depth: 0, inStyle: false, inField: false },
  ]
  for (let nodes = 1; ; nodes++) {
    const next = open.pop()
    if (!next) return
    if (nodes > most.nodes || next.depth > most.depth)
      throw new SnapshotTooLarge('has too many nodes, or nests too deep')
    if (nodes % turn === 0) await nextTurn()
    const { node, depth, inStyle, inField } = next
    cleanAttributes(node, personal)
    if (typeof node.textContent === 'string') {
      const text = node.textContent
      if (inField) node.textContent = stars(text)
      else if (inStyle || isStyle(node)) node.textContent = withoutDensity(text, (css) => personal.text(css))
      else node.textContent = personal.text(text)
    }
    if (!Array.isArray(node.childNodes)) continue
    node.childNodes = node.childNodes.filter((child) => !isRemoved(child))
    const tag = String(node.tagName).toLowerCase()
    for (const child of node.childNodes as Values[])
      open.push({ node: child, depth: depth + 1, inStyle: tag === 'style', inField: inField || answers.has(tag) })
  }
}
