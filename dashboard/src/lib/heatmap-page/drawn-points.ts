import { type ClickMode, clickModes } from './click-modes.ts'
import type { Drawable } from './heat.ts'
import { boxInView, type Placed } from './layout.ts'

/** A point as it is drawn, in CSS pixels of the copy's own viewport. */
export interface DrawnPoint {
  selector: string
  state: string
  x: number
  y: number
  clicks: number
}

/** Where the points of placed elements lie in the viewport. */
export function drawnPoints(
  placed: readonly Placed<Drawable & { selector: string; state: string }>[],
  mode: ClickMode,
  scroll: { left: number; top: number },
): DrawnPoint[] {
  return placed.flatMap((one) => {
    const { selector, state, points } = one.row
    const { left, top, width, height } = boxInView(one, scroll)
    return points.flatMap((point) => {
      const clicks = point[clickModes[mode]]
      return clicks > 0 ? [{ selector, state, x: left + point[0] * width, y: top + point[1] * height, clicks }] : []
    })
  })
}
