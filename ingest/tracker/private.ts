/** What people write, choose or are told, and what the page says is private; session recorders that a shop may have use the classes. */
const masks = '[data-mask],.rr-mask,[contenteditable]:not([contenteditable=false]),textarea,select,datalist,output'
const blocks = '[data-block],.rr-block'

/** What a store wants hidden, besides. */
export interface Hidden {
  mask: readonly string[]
  block: readonly string[]
}

/** A selector of all that are one. @throws when one of the store's is none: then it is not known what is private, and nothing may be told */
function all(own: string, more: readonly string[]): string {
  for (const selector of more) document.querySelector(selector)
  return [own, ...more].join()
}

/** What is masked. @throws when a selector is none */
export const maskedBy = ({ mask }: Hidden): string => all(masks, mask)

/** What is left out. @throws when a selector is none */
export const blockedBy = ({ block }: Hidden): string => all(blocks, block)
