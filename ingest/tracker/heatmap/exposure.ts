import { pageHeight } from './attention.ts'
import type { Module } from './modules.ts'
import { share } from './share.ts'

/** Seen is what was half on the screen for a second. */
const shareSeen = 0.5
const seenMs = 1000
/** How often a module is looked at of which less than half is seen: where it is high, that may be half of the screen. */
const tickMs = 500

/** What a module came to in a view. */
interface Count {
  exposures: number
  visibleMs: number
  clicks: number
}

export interface ModuleReading extends Count {
  module: string
  slot: number
  /** Place among the modules of the page, from 1. */
  position: number
  /** 0…1 of the page's height. */
  top: number
  bottom: number
}

interface Watched {
  key: string
  /** When it came to be seen; undefined when it is not. */
  since?: number | undefined
  /** Whether this time is an exposure already. */
  isCounted?: boolean | undefined
  /** Whether less than half of it is on the screen. */
  isPartly?: boolean
}

const keyOf = ({ name, slot }: Module) => `${name} ${slot}`

/** Watches which modules are seen. Counts are of a name and a slot: what is drawn anew, or copied by a carousel, goes on counting. */
export function watchExposure() {
  let modules: readonly Module[] = []
  let counts: Record<string, Count> = {}
  const watched = new Map<Element, Watched>()
  const countOf = (key: string) => {
    counts[key] ??= { exposures: 0, visibleMs: 0, clicks: 0 }
    return counts[key]
  }

  const settle = (one: Watched, isSeen: boolean) => {
    const now = performance.now()
    if (one.since !== undefined) {
      const count = countOf(one.key)
      const passed = now - one.since
      // The clock goes on, but an exposure is one however often it is looked at.
      if (one.isCounted || passed >= seenMs) {
        count.visibleMs += passed
        if (!one.isCounted) count.exposures++
        one.isCounted = true
        one.since = now
      }
    }
    if (isSeen) one.since ??= now
    else one.since = one.isCounted = undefined
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
        const one = watched.get(target)
        if (!one) continue
        const high = intersectionRect.height >= shareSeen * (rootBounds?.height ?? innerHeight)
        one.isPartly = intersectionRatio > 0 && intersectionRatio < shareSeen
        settle(one, !document.hidden && (one.isPartly ? high : intersectionRatio > 0))
      }
    },
    { threshold: [0, shareSeen] },
  )
  /** The observer tells anew how much of it is on the screen. */
  const again = (element: Element) => {
    observer.unobserve(element)
    observer.observe(element)
  }
  setInterval(() => {
    for (const [element, { isPartly }] of watched) if (isPartly) again(element)
  }, tickMs)
  const watch = (found: readonly Module[]) => {
    const left = new Set(watched.keys())
    modules = found
    for (const module of found) {
      const key = keyOf(module)
      left.delete(module.element)
      if (watched.get(module.element)?.key === key) continue
      watched.set(module.element, { key })
      again(module.element)
    }
    for (const element of left) {
      const one = watched.get(element)
      if (one) settle(one, false)
      observer.unobserve(element)
      watched.delete(element)
    }
  }
  return {
    watch,
    /** Another view begins: nothing of it is seen yet. */
    begin() {
      watch([])
      counts = {}
    },
    /** The page is hidden: nobody sees it. */
    hide() {
      for (const one of watched.values()) settle(one, false)
    },
    /** It is there again: the observer tells anew what is on the screen. */
    show() {
      for (const element of watched.keys()) again(element)
    },
    click(module: Module) {
      for (const slot of new Set([module.slot, 0])) countOf(keyOf({ ...module, slot })).clicks++
    },
    read(): ModuleReading[] {
      for (const one of watched.values()) if (one.since !== undefined) settle(one, true)
      const height = pageHeight()
      const told = new Set<string>()
      let position = 0
      return modules.flatMap((module) => {
        const key = keyOf(module)
        if (told.has(key)) return []
        told.add(key)
        if (!module.slot) position++
        const { top, bottom } = module.element.getBoundingClientRect()
        const count = countOf(key)
        return {
          ...{ module: module.name, slot: module.slot, position, ...count },
          visibleMs: Math.round(count.visibleMs),
          top: share(top + scrollY, height),
          bottom: share(bottom + scrollY, height),
        }
      })
    },
  }
}
