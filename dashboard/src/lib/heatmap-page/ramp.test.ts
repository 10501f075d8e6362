import { expect, test } from 'vitest'
import { coloured } from './ramp.ts'

const pixels = (values: number[], peak: number, kind: 'heat' | 'difference') => {
  const bytes = coloured(Float32Array.from(values), peak, kind)
  return values.map((_, at) => [...bytes.slice(at * 4, at * 4 + 4)])
}

test('nothing is clear, the peak is the lightest colour', () => {
  expect(pixels([0, 4], 4, 'heat')).toEqual([
    [0, 0, 0, 0],
    [240, 249, 33, 225],
  ])
  expect(pixels([0, 0], 0, 'heat')).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ])
})

test('more is lighter all the way, whichever colours one sees', () => {
  const shades = pixels([0.1, 0.2, 0.4, 0.6, 0.8, 1], 1, 'heat')
  const lightness = shades.map(([red = 0, green = 0, blue = 0]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
  expect(lightness).toEqual(lightness.toSorted((one, other) => one - other))
})

test('less is blue, more is orange, no difference is clear', () => {
  expect(pixels([-2, 0, 2], 2, 'difference')).toEqual([
    [5, 80, 158, 225],
    [0, 0, 0, 0],
    [166, 54, 3, 225],
  ])
})
