import { createHash } from 'node:crypto'
import type { Random } from '../../chance/random.ts'
import { clickOf, type Press } from './click.ts'
import { type Layout, layouts, type PageType, type Place, screens } from './layout.ts'

const bands = 50

/** The structure of each page, which does not change. */
const versionOf = (type: PageType): string => createHash('sha256').update(type).digest('hex').slice(0, 16)

/** A UUID of version 7. */
function uuidAt(at: number, random: Random): string {
  const time = Math.floor(at).toString(16).padStart(12, '0')
  const digits = (count: number) => Array.from({ length: count }, () => random.whole(0, 15).toString(16)).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-a${digits(3)}-${digits(12)}`
}

/** How far down somebody reads who presses what lies so deep, in px. */
const depthOf = (random: Random, { height, modules }: Layout, pressed: readonly Press[], screen: number) => {
  const lowest = Math.max(
    0,
    ...modules
      .filter(([name]) => pressed.some(({ module }) => module === name))
      .map(([, top, bottom]) => (top + bottom) / 2),
  )
  return Math.min(height, Math.max(screen, lowest + screen / 3, screen + random.exponential(0.42 * height)))
}

/** What of a module's time a reading tells; it was seen when half of it was. */
function moduleReading(
  random: Random,
  [module, top, bottom]: Place,
  position: number,
  of: { depth: number; height: number; ms: number; clicks: number },
) {
  const isSeen = (top + bottom) / 2 < of.depth
  const share = (y: number) => Math.round((y / of.height) * 1e4) / 1e4
  return {
    ...{ module, slot: 0, position, top: share(top), bottom: share(bottom) },
    exposures: isSeen ? 1 : 0,
    visibleMs: isSeen ? Math.round(1000 + of.ms * random.between(0.08, 0.35)) : 0,
    clicks: of.clicks,
  }
}

interface Looked {
  random: Random
  type: PageType
  /** Which of the screens. */
  screen: number
  path: string
  url: string
  title: string
  visitorId: string
  at: number
  /** How long the page was looked at. */
  ms: number
  presses: readonly Press[]
}

/** What the tracker tells of one page view, when it is left. */
export function viewOf({
  random,
  type,
  screen,
  path,
  url,
  title,
  visitorId,
  at,
  ms,
  presses,
}: Looked): Record<string, unknown> {
  const { width, height } = screens[screen] ?? screens[0]
  const layout = layouts[type][screen] ?? layouts[type][0]
  const depth = depthOf(random, layout, presses, height)
  const step = ms / (presses.length + 1)
  const pageHeight = Math.max(height, layout.height)
  const seen = Math.min(bands, Math.ceil((depth / pageHeight) * bands))
  const clicksOf = (name: string) => presses.filter(({ module }) => module === name).length
  const attention = Array.from({ length: bands }, (_, band) =>
    // The top is looked at longest, and the end of what is seen least.
    band < seen ? Math.round(((ms * height) / pageHeight) * (1.5 - band / seen) * random.between(0.6, 1.4)) : 0,
  )
  return {
    view: {
      ...{ id: uuidAt(at, random), url, path, title, visitorId, startedAt: new Date(at).toISOString() },
      ...{ version: versionOf(type), width, height, pageHeight },
    },
    clicks: presses.map((press, n) => clickOf(random, n, at + step * (n + 1), press)),
    reading: {
      seq: 0,
      reach: seen - 1,
      attention,
      modules: layout.modules.map((place, index) =>
        moduleReading(random, place, index + 1, { depth, height: pageHeight, ms, clicks: clicksOf(place[0]) }),
      ),
    },
  }
}
