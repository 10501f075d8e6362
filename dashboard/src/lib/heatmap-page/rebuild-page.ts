import type { serializedNodeWithId } from '@rrweb/types'
import { cleanTree } from './clean-tree.ts'
import { nodeTypes, type TreeNode } from './tree.ts'

/** A copy stands still, and is as wide as its frame says: visitors' scroll bars are not in it. */
const still = `
  *, *::before, *::after { animation-duration: 0s !important; animation-delay: 0s !important; transition: none !important; scroll-behavior: auto !important; caret-color: transparent !important; }
  html { scrollbar-width: none !important; }
  html::-webkit-scrollbar { display: none !important; }`

const library = () => import('rrweb-snapshot')

/** Brings what pages are built with while the copy is on its way. */
export const prepare = (): void => void library().catch(() => {})

/**
 * Builds a copied page into the document of its frame, which must be sandboxed and have its own policy: rrweb-snapshot's own
 * check knows only frames that it made itself, so its nodes are built one level below that check.
 * @throws when the tree holds no page
 */
export async function rebuildPage(document: Document, root: TreeNode): Promise<void> {
  const { buildNodeWithSN, createCache, createMirror } = await library()
  const isPage = ({ type, tagName }: TreeNode) => type === nodeTypes.element && tagName?.toLowerCase() === 'html'
  const page = isPage(root) ? root : root.childNodes?.find(isPage)
  if (!page) throw new Error('The copy holds no page.')
  const mirror = createMirror()
  const options = { doc: document, mirror, hackCss: true, cache: createCache() }
  const built = buildNodeWithSN(cleanTree(page) as unknown as serializedNodeWithId, options)
  if (!built) throw new Error('The copy could not be built.')
  document.replaceChild(built, document.documentElement)
  const style = document.createElement('style')
  style.textContent = still
  const head = document.head ?? document.documentElement
  // Beside the styles of the page, where it shifts no place in its body.
  head.append(style)
  for (const id of mirror.getIds()) {
    const node = mirror.getNode(id)
    const meta = node && mirror.getMeta(node)
    if (meta?.type !== nodeTypes.element) continue
    const { rr_scrollLeft: left, rr_scrollTop: top } = meta.attributes
    if (left || top) (node as Element).scrollTo(Number(left ?? 0), Number(top ?? 0))
  }
}
