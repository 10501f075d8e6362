import { expect, test } from 'vitest'
import { addPoint, blur, peakOf, type Raster, rasterFor } from './density.ts'

const raster = (width: number, height: number): Raster => ({ width, height, scale: 1, values: new Float32Array(width * height) }) // biome-ignore format: one line
const rows = ({ width, values }: Raster, of: (value: number) => number) =>
  [...Array(values.length / width).keys()].map((row) => [...values.slice(row * width, (row + 1) * width)].map(of))

test('a page is told at half its size, a very long one at less', () => {
  const { width, height, scale } = rasterFor({ width: 390, height: 4210 })
  expect([width, height, scale]).toEqual([195, 2105, 0.5])
  const long = rasterFor({ width: 1600, height: 30_000 })
  expect(long.scale).toBeCloseTo(0.1118, 4)
  expect(long.width * long.height).toBeLessThan(610_000)
})

test('a point falls into the cell it lies in; one outside is left out', () => {
  const one = raster(3, 2)
  addPoint(one, 1.9, 0.2, 4)
  addPoint(one, 1, 0, 1)
  addPoint(one, 3, 0, 9)
  addPoint(one, -0.1, 1, 9)
  expect(rows(one, Math.round)).toEqual([
    [0, 5, 0],
    [0, 0, 0],
  ])
})

test('a blurred point is a bell: four means of three cells in a row', () => {
  const one = raster(9, 1)
  addPoint(one, 4, 0, 81 * 81)
  blur(one, 1)
  // Along the line 1 4 10 16 19 16 10 4 1 of 81; across it a single line keeps a third at each mean, 1 of 81 in all.
  expect(rows(one, Math.round)).toEqual([[1, 4, 10, 16, 19, 16, 10, 4, 1]])
  expect(peakOf(one)).toBeCloseTo(19, 4)
})

test('nothing is lost within the page, and less than nothing stays so', () => {
  const one = raster(40, 40)
  addPoint(one, 20, 20, 3)
  addPoint(one, 12, 22, -2)
  blur(one, 2)
  expect(one.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4)
  expect(Math.min(...one.values)).toBeLessThan(0)
})
