import { mask } from '../mask.ts'
import { blockedBy, type Hidden, maskedBy } from '../private.ts'
import { type Module, moduleOf } from './modules.ts'
import { selectorOf } from './selector.ts'
import { share } from './share.ts'
import { layerOf } from './state.ts'

/** A page that has not reacted by then is dead where it was clicked. */
const reactionMs = 1000
const rageClicks = 3
const rageMs = 1000
const ragePx = 30
const longestText = 25
/** They react by themselves, and before the click: a field has the focus by then. */
const native = 'input,textarea,select,option,label,summary,video,audio'
/** Of one view. */
const most = 500
/** The type of a document; that of a shadow root is above it, those of elements are below. */
const documentNode = 9

export interface Click {
  n: number
  at: Date
  selector: string
  /** 0…1 of the element's box. */
  x: number
  y: number
  module: string
  slot: number
  href: string
  text: string
  state: string
  fixed: boolean
  dead: boolean
  rage: boolean
  error: boolean
}

interface Pending {
  click: Click
  /** Where it was on the screen, and when by the page's clock. */
  place: [x: number, y: number, at: number]
  reacted: boolean
}

/** What was clicked: of a drawing the whole, since its lines are too thin to hit. */
function hitBy(event: MouseEvent): Element | undefined {
  const [target] = event.composedPath()
  if (!(target instanceof Element)) return undefined
  return (target as SVGElement).ownerSVGElement ?? target
}

const closest = (event: MouseEvent, wanted: string) =>
  event.composedPath().find((one) => one instanceof Element && one.matches(wanted)) as HTMLElement | undefined

function textOf(event: MouseEvent, hit: Element, hidden: string): string {
  const said = closest(event, 'a,button,[role=button]') ?? hit
  // Of a whole part of the page no click is about the text.
  if (said.closest(hidden) || said.querySelector(hidden) || said.childElementCount > 9) return ''
  return mask(
    said.textContent
      .trim()
      .replace(/\s+/g, ' ')
      .slice(0, 2 * longestText),
  ).slice(0, longestText)
}

/** Where a link leads, without what it asks there; an anchor of a drawing has no text for an address. */
function leadsTo(link: Element | undefined): string {
  try {
    const { origin, href } = new URL(link?.getAttribute('href') ?? '', document.baseURI)
    const [address = ''] = href.split('?')
    return !link ? '' : origin === location.origin ? address.slice(origin.length) : address
  } catch {
    return ''
  }
}

/** A selector of what is private; of everything, when that is not known. */
function privateOf(config: Hidden): string {
  try {
    return `${maskedBy(config)},${blockedBy(config)}`
  } catch {
    return '*'
  }
}

/**
 * Hears every click, tap and press. A click is told a second later, when it is known what came of it.
 * @param modules the modules that are on the page
 * @param hit hears what was clicked
 * @param config what of the page is private
 */
export function hearClicks(modules: () => readonly Module[], hit: (module: Module) => void, config: Hidden) {
  const hidden = privateOf(config)
  let n = 0
  let pending: Pending[] = []
  let ready: Click[] = []
  let last = 0
  const react = () => {
    for (const each of pending) each.reacted = true
  }
  const settle = (one: Pending, dead: boolean) => {
    if (!pending.includes(one)) return
    pending = pending.filter((other) => other !== one)
    if (!pending[0]) observer.disconnect()
    one.click.dead = dead
    ready.push(one.click)
  }
  const observer = new MutationObserver(react)

  const hear = (event: MouseEvent) => {
    const element = hitBy(event)
    const now = performance.now()
    // A label clicks its field as well: that is one click.
    const isEcho = !event.detail && now - last < 20
    if (!event.isTrusted || !element || n >= most || isEcho) return
    last = now
    const { left, top, width, height } = element.getBoundingClientRect()
    // The keyboard presses an element, no place in it.
    const [x, y] = event.detail ? [event.clientX, event.clientY] : [left + width / 2, top + height / 2]
    const module = moduleOf(element, modules())
    const link = closest(event, 'a[href]')
    const click: Click = {
      ...{ n: n++, at: new Date(), selector: selectorOf(element) },
      ...{ x: share(x - left, width), y: share(y - top, height) },
      ...{ module: module?.name ?? '', slot: module?.slot ?? 0 },
      ...(closest(event, hidden)
        ? { href: '', text: '' }
        : { href: leadsTo(link), text: textOf(event, element, hidden) }),
      ...layerOf(element),
      ...{ dead: false, rage: false, error: false },
    }
    const reacts = !!closest(event, native)
    if (module) hit(module)
    const one: Pending = { click, place: [x, y, now], reacted: false }
    pending.push(one)
    const near = pending.filter(({ place: [px, py, at] }) => now - at <= rageMs && Math.hypot(px - x, py - y) <= ragePx)
    if (near.length >= rageClicks) for (const each of near) each.click.rage = true
    // The document, and the shadow roots in it that hold what was clicked.
    for (const root of event.composedPath() as Node[])
      if (root.nodeType >= documentNode)
        observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true })
    setTimeout(() => {
      // A link that leads on, and that no script has stopped, was followed: it may only be slow.
      const leads = link && !event.defaultPrevented && !/^(javascript:|#|$)/.test(link.getAttribute('href') ?? '')
      settle(one, !one.reacted && !leads && !reacts)
    }, reactionMs)
  }
  addEventListener(
    'click',
    (event) => {
      try {
        hear(event)
      } catch {
        // A page stranger than foreseen has no click of it told, and no error either.
      }
    },
    true,
  )
  for (const name of ['scroll', 'focusin', 'input', 'change', 'submit', 'toggle', 'popstate', 'play', 'pause'])
    addEventListener(name, react, { capture: true, passive: true })
  const fail = () => {
    for (const { click } of pending) click.error = true
  }
  addEventListener('error', (event) => event instanceof ErrorEvent && fail())
  addEventListener('unhandledrejection', fail)
  return {
    begin() {
      n = 0
      ready = []
    },
    /** The page is left, which is a reaction. */
    leave() {
      for (const one of pending) settle(one, false)
    },
    /** What is known of so far; it is told once. */
    take(): Click[] {
      const taken = ready
      ready = []
      return taken
    },
  }
}
