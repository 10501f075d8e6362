import type { serializedElementNodeWithId, serializedNodeWithId } from '@rrweb/types'
import { createMirror, serializeNodeWithId } from 'rrweb-snapshot'
import { mask } from '../mask.ts'
import { blockedBy, type Hidden, maskedBy } from '../private.ts'
import { inSlices } from './idle.ts'
import { pictureOf } from './picture.ts'
import { cssOf } from './styles.ts'

/** What runs, or loads a page of its own, and the notes of those who wrote the page. */
const left =
  'script,noscript,template,object,embed,base,meta:not([name=viewport],[charset]),link:not([rel~=stylesheet])'
const buttons = /^(submit|button|reset|image)$/
const sized = 'img,video,iframe,canvas'

const stars = (text: string) => text.replace(/\S/g, '*')

/** An address without what was asked of it. */
const bare = (address: string) => mask(address.replace(/[?#].*/s, ''))
const bareUrls = (css: string) => css.replace(/url\((['"]?)(?!data:)([^)'"?#]+)[?#][^)'"]*\1\)/g, 'url($1$2$1)')

/** What a page is laid out by, and found again; it says nothing of anybody. */
const shape =
  /^(id|class|d|points|viewBox|transform|width|height|type|role|hidden|dir|open|rows|cols|size|colspan|rowspan|media|rr_.*|.*(color|fill|stroke).*)$/

function cleanAttribute(name: string, value: string, element: Element, isMasked: boolean): string | undefined {
  if (/^(on|srcdoc$|nonce$|integrity$|.*srcset$|ping$|rr_src$)/.test(name)) return undefined
  if (/^(src|poster|data)$/.test(name))
    return element instanceof HTMLImageElement ? pictureOf(element, isMasked) : undefined
  if (element.localName === 'image' && /href$/.test(name)) return undefined
  if (name === 'value' && element.matches('input,textarea,select,option')) {
    return !isMasked && buttons.test((element as HTMLInputElement).type) ? mask(value) : stars(value)
  }
  if (/^(style|_cssText)$/.test(name)) return bareUrls(value)
  if (shape.test(name)) return value
  if (isMasked && !/^data-(module|slot|swiper-slide-index|slick-index)$/.test(name))
    return /href$/.test(name) ? undefined : stars(value)
  const isAddress = /^(href|action|formaction|xlink:href)$/.test(name) || /^(\w+:)?\/\/|^[./].*\?/.test(value)
  if (value.startsWith('#')) return mask(value.replace(/\?.*/s, ''))
  return isAddress ? bare(value) : mask(value)
}

/**
 * A page as rrweb-snapshot tells it, without what runs, and without what looks personal.
 * @throws when it is not known what is private
 * @returns JSON in pieces, one after the other: a large tree that is told, or put together, at once would hold up the page
 */
export async function copyPage(hidden: Hidden): Promise<string[]> {
  const pieces: string[] = []
  const mirror = createMirror()
  const maskSelector = maskedBy(hidden)
  const blockSelector = blockedBy(hidden)
  const pause = inSlices()

  const tell = (node: Node, isMasked: boolean): serializedNodeWithId | null =>
    serializeNodeWithId(node, {
      ...{ doc: document, mirror, skipChild: true, inlineStylesheet: false, blockSelector },
      ...{ blockClass: 'rr-block', maskTextClass: 'rr-mask', maskTextSelector: null, needsMask: true },
      maskTextFn: isMasked ? stars : mask,
      maskInputOptions: { select: true },
      maskInputFn: stars,
      slimDOMOptions: { comment: true, script: true },
    })
  /** A sheet of styles stands in the copy as its text. */
  const sheet = async (told: serializedElementNodeWithId, styles: CSSStyleSheet | null) => {
    const css = styles && !styles.disabled && (await cssOf(styles, pause))
    if (css) {
      const { rel: _, href: __, ...rest } = told.attributes
      told.attributes = { ...rest, _cssText: css }
    }
    return told
  }
  /** Sheets that a script has put beside the document. */
  const adopted = async (root: Document | ShadowRoot, isShadow: boolean) => {
    for (const styles of root.adoptedStyleSheets ?? []) {
      const made = tell(document.createElement('style'), false) as serializedElementNodeWithId
      pieces.push(JSON.stringify({ ...(await sheet(made, styles)), ...(isShadow && { isShadow }) }), ',')
    }
  }

  /** Each node with a comma after it. */
  const copy = async (node: Node, isMasked: boolean): Promise<void> => {
    await pause()
    const element = node instanceof Element ? node : undefined
    if (element?.matches(left)) return
    // Told by its text, below; rrweb-snapshot would read all of it at once.
    const isStyle = element?.matches('style,link')
    const isInnerMasked = isMasked || !!element?.matches(maskSelector)
    const told = tell(isStyle ? (node.cloneNode() as Node) : node, isMasked)
    if (!told) return
    const put = (whole: object) => void pieces.push(JSON.stringify(whole), ',')
    if (!('childNodes' in told)) return put(told)
    if (element && 'attributes' in told) {
      const { attributes } = told
      for (const [name, value] of Object.entries(attributes)) {
        const kept = typeof value === 'string' ? cleanAttribute(name, value, element, isInnerMasked) : value
        if (kept === undefined) delete attributes[name]
        else attributes[name] = kept
      }
      if (element.matches(sized) && !attributes.src) {
        const { width, height } = element.getBoundingClientRect()
        Object.assign(attributes, { rr_width: `${width}px`, rr_height: `${height}px` })
      }
      if (isStyle) return put(await sheet(told, (element as HTMLStyleElement).sheet))
      if (element.matches(blockSelector) || element.localName === 'textarea') return put(told)
    }
    const { childNodes: _, ...own } = told
    pieces.push(JSON.stringify(own).slice(0, -1), ',"childNodes":[')
    const shadow = element?.shadowRoot
    for (const child of [...node.childNodes, ...(shadow?.childNodes ?? [])]) {
      await copy(child, isInnerMasked)
    }
    if (shadow) await adopted(shadow, true)
    if (element === document.head) await adopted(document, false)
    if (pieces.at(-1) === ',') pieces.pop()
    pieces.push(']}', ',')
  }
  await copy(document, false)
  return pieces.slice(0, -1)
}
