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

/** Colours over a page, ready to be drawn at any scroll. */
export interface Heat {
  page: { picture: OffscreenCanvas; raster: Raster }
  /** Of what stays in the viewport; undefined when nothing does. */
  peak: number
  radius: number
  kind: 'heat' | 'difference'
}

/** How far a click is spread, in pixels of the page: as far as a finger covers on a phone, a little more on a wide page. */
const spreadOf = (width: number) => Math.max(8, Math.min(18, width / 48))

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

function pictureOf({ width, height, values }: Raster, peak: number, kind: Heat['kind']): OffscreenCanvas {
  const picture = new OffscreenCanvas(width, height)
  picture.getContext('2d')?.putImageData(new ImageData(coloured(values, peak, kind), width, height), 0, 0)
  return picture
}

/**
 * Makes the colours of what moves with the page, once for all scrolling.
 * @param size of the whole page
 */
export function heatOf(
  placed: readonly Placed<Drawable>[],
  { mode, kind, size }: { mode: ClickMode; kind: Heat['kind']; size: { width: number; height: number } },
): Heat {
  const raster = rasterFor(size)
  const spread = spreadOf(size.width)
  const radius = Math.max(1, Math.round((spread * raster.scale) / 2))
  fill(raster, placed.filter(({ stays }) => !stays), mode, ({ box }) => box) // biome-ignore format: one line
  blur(raster, radius)
  const own = peakOf(raster)
  const still = stayingRaster(placed, { mode, size, scale: raster.scale, radius, scroll: { left: 0, top: 0 } })
  const peak = Math.max(own, still ? peakOf(still) : 0)
  return { page: { picture: pictureOf(raster, peak, kind), raster }, peak, radius, kind }
}

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

/** Draws what is in sight: the page's colours as far as it is scrolled, and over them those of what stays. */
export function drawHeat(
  canvas: HTMLCanvasElement,
  heat: Heat,
  placed: readonly Placed<Drawable>[],
  { mode, view, scroll }: { mode: ClickMode; view: { width: number; height: number }; scroll: { left: number; top: number } }, // biome-ignore format: one line
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const { picture, raster } = heat.page
  const { scale } = raster
  context.clearRect(0, 0, canvas.width, canvas.height)
  const [x, y] = [canvas.width / view.width, canvas.height / view.height]
  context.drawImage(picture, -scroll.left * x, -scroll.top * y, (raster.width / scale) * x, (raster.height / scale) * y)
  const still = stayingRaster(placed, { mode, size: view, scale, radius: heat.radius, scroll })
  if (!still) return
  const over = pictureOf(still, heat.peak, heat.kind)
  context.drawImage(over, 0, 0, (still.width / scale) * x, (still.height / scale) * y)
}
