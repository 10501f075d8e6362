import type { ClickMode } from './click-modes.ts'
import { clickModes } from './click-modes.ts'
import { addPoint, blur, peakOf, type Raster, rasterFor } from './density.ts'
import { boxInView, type Placed } from './layout.ts'
import { coloured } from './ramp.ts'

type Point = readonly [x: number, y: number, clicks: number, dead: number, rage: number, error: number]

/** What is drawn of a row: its points, and how much each of its clicks weighs; below 0 in what is taken away. */
export interface Drawable {
  points: readonly Point[]
  weight?: number
}

/** How many clicks lie where on a page, for any scroll. */
export interface Heat {
  raster: Raster
  /** The most there is, of what stays in the viewport too. */
  peak: number
  radius: number
}
type Kind = 'heat' | 'difference'

/** How far a click is spread, in pixels of the page: as far as a finger covers on a phone, a little more on a wide page. */
const spreadOf = (width: number) => Math.max(12, Math.min(28, width / 48))

function fill(
  raster: Raster,
  placed: readonly Placed<Drawable>[],
  mode: ClickMode,
  boxes: (one: Placed<Drawable>) => { left: number; top: number; width: number; height: number },
) {
  // biome-ignore format: one line
  const at = clickModes[mode]
  for (const one of placed) {
    const { left, top, width, height } = boxes(one)
    const { points, weight = 1 } = one.row
    for (const point of points) {
      const clicks = point[at]
      if (clicks > 0) addPoint(raster, left + point[0] * width, top + point[1] * height, clicks * weight)
    }
  }
}

function pictureOf({ width, height, values }: Raster, peak: number, kind: Kind): OffscreenCanvas {
  const picture = new OffscreenCanvas(width, height)
  picture.getContext('2d')?.putImageData(new ImageData(coloured(values, peak, kind), width, height), 0, 0)
  return picture
}

/**
 * Counts what moves with the page, once for all scrolling.
 * @param size of the whole page
 */
export function heatOf(
  placed: readonly Placed<Drawable>[],
  { mode, size }: { mode: ClickMode; size: { width: number; height: number } },
): Heat {
  const raster = rasterFor(size)
  const radius = Math.max(1, Math.round((spreadOf(size.width) * raster.scale) / 2.3))
  fill(raster, placed.filter(({ stays }) => !stays), mode, ({ box }) => box) // biome-ignore format: one line
  blur(raster, radius)
  const still = stayingRaster(placed, { mode, size, scale: raster.scale, radius, scroll: { left: 0, top: 0 } })
  return { raster, radius, peak: Math.max(peakOf(raster), still ? peakOf(still) : 0) }
}

/** Its colours, from nothing to a peak. */
export const colourHeat = ({ raster }: Heat, peak: number, kind: Kind): OffscreenCanvas => pictureOf(raster, peak, kind)

interface Staying {
  mode: ClickMode
  size: { width: number; height: number }
  scale: number
  radius: number
  scroll: { left: number; top: number }
}

function stayingRaster(
  placed: readonly Placed<Drawable>[],
  { mode, size, scale, radius, scroll }: Staying,
): Raster | undefined {
  // biome-ignore format: one line
  const staying = placed.filter(({ stays, row }) => stays && row.points.length > 0)
  if (staying.length === 0) return undefined
  const [width, height] = [Math.max(1, Math.ceil(size.width * scale)), Math.max(1, Math.ceil(size.height * scale))]
  const raster = { width, height, scale, values: new Float32Array(width * height) }
  fill(raster, staying, mode, (one) => boxInView(one, scroll))
  blur(raster, radius)
  return raster
}

interface Drawing {
  heat: Heat
  picture: OffscreenCanvas
  peak: number
  kind: Kind
  mode: ClickMode
  view: { width: number; height: number }
  scroll: { left: number; top: number }
}

/** Draws what is in sight: the page's colours as far as it is scrolled, and over them those of what stays. */
export function drawHeat(canvas: HTMLCanvasElement, placed: readonly Placed<Drawable>[], drawing: Drawing): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { heat, picture, peak, kind, mode, view, scroll } = drawing
  const { raster, radius } = heat
  const { scale } = raster
  context.clearRect(0, 0, canvas.width, canvas.height)
  const [x, y] = [canvas.width / view.width, canvas.height / view.height]
  context.drawImage(picture, -scroll.left * x, -scroll.top * y, (raster.width / scale) * x, (raster.height / scale) * y)
  const still = stayingRaster(placed, { mode, size: view, scale, radius, scroll })
  if (still)
    context.drawImage(pictureOf(still, peak, kind), 0, 0, (still.width / scale) * x, (still.height / scale) * y)
}
