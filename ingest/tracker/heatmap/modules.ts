import { longestName, parentOf, selectorOf } from './selector.ts'

/** A part of a page that is counted on its own; with a slot, one card of it. */
export interface Module {
  name: string
  /** From 1 for the cards of a list and the slides of a carousel; 0 for the module itself. */
  slot: number
  element: Element
}

const landmarks = 'header,nav,section,aside,footer,[role=banner],[role=navigation],[role=region],[role=contentinfo]'
/** What holds one of them is the page, not a part of it. */
const whole = 'main,header,footer,[role=main]'
const lists = 'ul,ol,[role=list]'
/** A slide says its number, so that the copies that a carousel makes of it are one. */
const numbers: [attribute: string, first: number][] = [
  ['data-slot', 1],
  ['data-swiper-slide-index', 0],
  ['data-slick-index', 0],
]
const slides = numbers.map(([attribute]) => `[${attribute}]`).join()
/** Elements of a module that are looked through for a list of cards. */
const looked = 200
/** Modules and slots of a page; landmarks and lists that are looked at where no module is named. */
const most = 500
const mostUnnamed = 150

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

/** The slides that say their number, else the first list of cards. */
function slotsOf(module: Element): [element: Element, slot: number][] {
  const told = [...module.querySelectorAll(slides)].map((slide): [Element, number] => {
    const [attribute, first] = numbers.find(([name]) => slide.hasAttribute(name)) ?? ['', 0]
    return [slide, Number(slide.getAttribute(attribute)) - first + 1]
  })
  if (told[0]) return told.filter(([, slot]) => slot > 0)
  for (const list of [module, ...[...module.querySelectorAll('*')].slice(0, looked)]) {
    const cards = cardsOf(list)
    if (cards[0]) return cards.map((card, index) => [card, index + 1])
  }
  return []
}

const outermost = (found: Element[]) =>
  found.filter((one) => !found.some((other) => other !== one && other.contains(one)))

/**
 * The modules of the page, from the top, each followed by its slots: what has `data-module` or is chosen by the store's
 * selector; where nothing has, the outermost landmarks and sections that are not the whole page, and lists of cards outside of them.
 */
export function findModules(selector: string): Module[] {
  const all = (wanted: string) => [...document.querySelectorAll(wanted)]
  let found: Element[] = []
  try {
    found = all(`[data-module]${selector && `,${selector}`}`)
  } catch {
    // The store's selector is none.
  }
  if (!found[0]) {
    const some = (wanted: string) => all(wanted).slice(0, mostUnnamed)
    found = outermost(some(landmarks).filter((part) => !part.querySelector(whole)))
    found.push(
      ...outermost(some(lists).filter((list) => !found.some((part) => part.contains(list)) && cardsOf(list)[0])),
    )
  }
  found = found.slice(0, most)
  const modules = found.flatMap((element) => {
    const name = element.getAttribute('data-module') ?? selectorOf(element, longestName)
    const inner = found.filter((part) => part !== element && element.contains(part))
    const own = slotsOf(element).filter(([slot]) => !inner.some((part) => part.contains(slot)))
    return [{ name, slot: 0, element }, ...own.map(([slot, number]) => ({ name, slot: number, element: slot }))]
  })
  return modules.slice(0, most)
}

/** The innermost module, or slot of one, that holds an element. */
export function moduleOf(element: Element, modules: readonly Module[]): Module | undefined {
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const found = modules.find((module) => module.element === at)
    if (found) return found
  }
  return undefined
}
