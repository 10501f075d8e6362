import type { Copy } from './copy.ts'
import { type Box, boxOf, find } from './locate.ts'
import { movesWith } from './scroller.ts'

/** A row whose element is on the copy. */
export interface Placed<Row> {
  row: Row
  element: Element
  /** On the page, its top 0; for one that stays in the viewport, in that. */
  box: Box
  stays: boolean
}

export interface Layout<Row> {
  placed: Placed<Row>[]
  /** Rows whose element is not on the copy, or takes no room there. */
  missing: Row[]
}

/** Reads where elements of a copy lie; undefined for one that takes no room. */
export function placer({ scroller }: Copy): (element: Element) => Omit<Placed<never>, 'row'> | undefined {
  const moves = movesWith(scroller)
  const { scrollLeft, scrollTop } = scroller
  return (element) => {
    const box = boxOf(element)
    if (!box) return undefined
    const stays = !moves(element)
    return { element, stays, box: stays ? box : { ...box, left: box.left + scrollLeft, top: box.top + scrollTop } }
  }
}

/** Finds the elements of rows and reads where they lie, once for each. */
export function layOut<Row extends { selector: string }>(copy: Copy, rows: readonly Row[]): Layout<Row> {
  const place = placer(copy)
  const known = new Map<string, ReturnType<typeof place>>()
  const layout: Layout<Row> = { placed: [], missing: [] }
  for (const row of rows) {
    if (!known.has(row.selector)) {
      const element = find(copy.document, row.selector)
      known.set(row.selector, element && place(element))
    }
    const found = known.get(row.selector)
    if (found) layout.placed.push({ row, ...found })
    else layout.missing.push(row)
  }
  return layout
}

/** Where a placed element lies in the viewport when the page is scrolled so far. */
export function boxInView<Row>({ stays, box, element }: Placed<Row>, scroll: { left: number; top: number }): Box {
  // What sticks has moved since it was read.
  if (stays) return boxOf(element) ?? box
  return { ...box, left: box.left - scroll.left, top: box.top - scroll.top }
}

/** The smallest element that a point in the viewport lies in. */
export function placedAt<Row>(
  placed: readonly Placed<Row>[],
  point: { x: number; y: number },
  scroll: { left: number; top: number },
): Placed<Row> | undefined {
  let best: { one: Placed<Row>; size: number } | undefined
  for (const one of placed) {
    const { left, top, width, height } = one.stays ? boxInView(one, scroll) : one.box
    const [x, y] = one.stays ? [point.x, point.y] : [point.x + scroll.left, point.y + scroll.top]
    if (x < left || y < top || x > left + width || y > top + height) continue
    // What stays lies over what moves.
    const size = width * height - (one.stays ? 1e9 : 0)
    if (!best || size < best.size) best = { one, size }
  }
  return best?.one
}
