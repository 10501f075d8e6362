/** A node of rrweb-snapshot's tree, as far as this page looks into it. */
export interface TreeNode {
  type: number
  id: number
  tagName?: string
  attributes?: Record<string, string | number | boolean | null>
  childNodes?: TreeNode[]
  textContent?: string
  isStyle?: true
  compatMode?: string
}

/** rrweb's numbers for what a node is. */
export const nodeTypes = { document: 0, element: 2 } as const

/** Whether a copied page was laid out by the rules of old: it had no doctype. */
export const isQuirky = (root: TreeNode): boolean => root.compatMode === 'BackCompat'
