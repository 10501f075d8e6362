import { pictureFrames } from './picture-frames.ts'

/** What of a shape's look may come from a style sheet, which a copied SVG loses. */
const looks = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity']

/** Writes the computed look of every shape onto it. @returns takes it off again */
function inlineShapes(element: HTMLElement): () => void {
  const shapes = [...element.querySelectorAll<SVGElement>('svg *')].map((shape) => ({
    shape,
    own: shape.style.cssText,
  }))
  for (const { shape } of shapes) {
    const computed = getComputedStyle(shape)
    for (const name of looks) shape.style.setProperty(name, computed.getPropertyValue(name))
  }
  return () => {
    for (const { shape, own } of shapes) shape.style.cssText = own
  }
}

// What works a panel is not part of its picture.
const isShown = (node: Node) => !(node instanceof HTMLElement && node.dataset.picture === 'without')

/**
 * An element as a PNG, twice as fine as the screen, without what is marked `data-picture="without"`. The library that
 * draws it comes when it is first asked for.
 * @throws when the browser cannot draw it
 */
export async function drawPicture(element: HTMLElement): Promise<Blob> {
  const { toBlob } = await import('html-to-image')
  const { backgroundColor } = getComputedStyle(element)
  const restore = inlineShapes(element)
  const restoreFrames = await pictureFrames(element)
  try {
    const picture = await toBlob(element, { pixelRatio: 2, backgroundColor, skipFonts: true, filter: isShown })
    if (picture) return picture
    throw new Error('The browser made no picture.')
  } finally {
    restoreFrames()
    restore()
  }
}
