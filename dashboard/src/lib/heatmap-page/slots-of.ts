/** A slide says its number, so that the copies that a carousel makes of it are one. */
const numbers: [attribute: string, first: number][] = [
  ['data-slot', 1],
  ['data-swiper-slide-index', 0],
  ['data-slick-index', 0],
]
const slides = numbers.map(([attribute]) => `[${attribute}]`).join()
/** Elements of a module that are looked through for a list of cards. */
const looked = 200

const kindOf = ({ localName, classList }: Element) => `${localName}.${classList[0]}`

/** Three or more children alike, each with a picture or a link: cards. */
function cardsOf(list: Element): Element[] {
  const children = [...list.children]
  const kind = children[1] && kindOf(children[1])
  const cards = children.filter(
    (child) => kindOf(child) === kind && (child.matches('a') || child.querySelector('a,img')),
  )
  return cards.length > 2 ? cards : []
}

/**
 * The cards of a module by their number, from 1: the slides that say theirs, else the first list of cards. The tracker counts them
 * so (`ingest/tracker/heatmap/modules.ts`).
 */
export function slotsOf(module: Element): Map<number, Element> {
  const slots = new Map<number, Element>()
  for (const slide of module.querySelectorAll(slides)) {
    const [attribute, first] = numbers.find(([name]) => slide.hasAttribute(name)) ?? ['', 0]
    const slot = Number(slide.getAttribute(attribute)) - first + 1
    if (slot > 0 && !slots.has(slot)) slots.set(slot, slide)
  }
  if (slots.size > 0) return slots
  for (const list of [module, ...[...module.querySelectorAll('*')].slice(0, looked)]) {
    const cards = cardsOf(list)
    if (cards.length > 0) return new Map(cards.map((card, index) => [index + 1, card]))
  }
  return slots
}
