/** A picture of numbers, row by row; one cell stands for 1 ÷ scale pixels of what it shows. */
export interface Raster {
  width: number
  height: number
  scale: number
  values: Float32Array
}

/** Cells that are drawn quickly enough, however long a page is. */
const mostCells = 600_000

/** An empty raster for an area in pixels, at half its size or, for a large one, less. */
export function rasterFor(area: { width: number; height: number }): Raster {
  const scale = Math.min(0.5, Math.sqrt(mostCells / Math.max(1, area.width * area.height)))
  const [width, height] = [Math.max(1, Math.ceil(area.width * scale)), Math.max(1, Math.ceil(area.height * scale))]
  return { width, height, scale, values: new Float32Array(width * height) }
}

/** Adds a weight at a place in pixels of the area; what lies outside is left out. */
export function addPoint({ width, height, scale, values }: Raster, x: number, y: number, weight: number): void {
  const [column, row] = [Math.floor(x * scale), Math.floor(y * scale)]
  if (column < 0 || row < 0 || column >= width || row >= height) return
  values[row * width + column] = (values[row * width + column] ?? 0) + weight
}

/** One pass along lines: each cell becomes the mean of those within the radius; beyond the edge there is nothing. */
function pass(
  from: Float32Array,
  to: Float32Array,
  line: { count: number; length: number; step: number; next: number },
  radius: number,
) {
  // biome-ignore format: one line
  const share = 1 / (2 * radius + 1)
  const { count, length, step, next } = line
  for (let at = 0; at < count; at++) {
    const start = at * next
    let sum = 0
    for (let ahead = 0; ahead < Math.min(radius, length); ahead++) sum += from[start + ahead * step] ?? 0
    for (let place = 0; place < length; place++) {
      if (place + radius < length) sum += from[start + (place + radius) * step] ?? 0
      if (place - radius - 1 >= 0) sum -= from[start + (place - radius - 1) * step] ?? 0
      to[start + place * step] = sum * share
    }
  }
}

/** Spreads each point over its surroundings: four means in a row along both axes, which is nearly a bell. */
export function blur(raster: Raster, radius: number): void {
  const { width, height, values } = raster
  const other = new Float32Array(values.length)
  const rows = { count: height, length: width, step: 1, next: width }
  const columns = { count: width, length: height, step: width, next: 1 }
  for (const line of [rows, columns, rows, columns, rows, columns, rows, columns]) {
    pass(values, other, line, radius)
    values.set(other)
  }
}

/** The largest number in it, by size. */
export function peakOf({ values }: Raster): number {
  let peak = 0
  for (const value of values) {
    const size = value < 0 ? -value : value
    if (size > peak) peak = size
  }
  return peak
}
