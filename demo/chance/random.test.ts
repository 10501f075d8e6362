import { expect, test } from 'vitest'
import { Random } from './random.ts'
import { Weighted } from './weighted.ts'

const first = (...key: number[]) => {
  const random = new Random(...key)
  return [random.next(), random.next(), random.next()].map((value) => Math.round(value * 1e9))
}

test('a stream is what its key says, on every machine and in every version', () => {
  expect(first(1, 2, 3)).toEqual([284_150_324, 69_766_614, 547_242_969])
  expect(first(1, 2, 4)).toEqual([762_734_109, 432_084_541, 26_520_605])
})

test('keys that differ in any place, or past 32 bits, have streams that differ', () => {
  const keys = [[1], [1, 0], [0, 1], [1, 1], [2 ** 32 + 1], [-1]]
  expect(new Set(keys.map((key) => first(...key).join())).size).toBe(6)
})

test('numbers are spread evenly, and a stream does not resemble its neighbour', () => {
  const tenths = Array(10).fill(0)
  let together = 0
  for (let key = 0; key < 100_000; key++) {
    const one = new Random(7, key).next()
    tenths[Math.floor(one * 10)]++
    together += (one - 0.5) * (new Random(7, key + 1).next() - 0.5)
  }
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  expect(Math.abs(together / 100_000)).toBeLessThan(0.001)
})

test('a normal number has its mean and its deviation, an exponential one its mean', () => {
  const random = new Random(3)
  const normal = Array.from({ length: 50_000 }, () => random.normal(10, 2))
  const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length
  const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length
  expect(mean).toBeCloseTo(10, 1)
  expect(Math.sqrt(variance)).toBeCloseTo(2, 1)
  const waits = Array.from({ length: 50_000 }, () => random.exponential(5))
  expect(waits.reduce((sum, value) => sum + value, 0) / waits.length).toBeCloseTo(5, 0)
})

test('a thing comes as often as it weighs, and one that weighs nothing never', () => {
  const random = new Random(4)
  const weighted = new Weighted([
    ['often', 3],
    ['never', 0],
    ['once', 1],
  ])
  const drawn = Array.from({ length: 40_000 }, () => random.by(weighted))
  expect(drawn).not.toContain('never')
  expect(drawn.filter((thing) => thing === 'often').length / 40_000).toBeCloseTo(0.75, 2)
})
