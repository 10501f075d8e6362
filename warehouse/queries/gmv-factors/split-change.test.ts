import { expect, test } from 'vitest'
import { splitChange } from './split-change.ts'

const product = (visitors: number, buyers: number, paid: number) => ({ visitors, buyers, paid })

test('a factor that alone doubles explains everything', () => {
  const before = product(100, 10, 10_000)
  expect(splitChange(product(200, 20, 20_000), before)).toEqual({
    visitors: 10_000,
    conversion_rate: 0,
    spend_per_buyer: 0,
  })
  expect(splitChange(product(100, 20, 20_000), before)).toEqual({
    visitors: 0,
    conversion_rate: 10_000,
    spend_per_buyer: 0,
  })
  expect(splitChange(product(100, 10, 20_000), before)).toEqual({
    visitors: 0,
    conversion_rate: 0,
    spend_per_buyer: 10_000,
  })
})

test('opposite changes are told apart where the sum shows nothing', () => {
  // Visitors × 2, conversion ÷ 2: 10,000 · ln 2 = 6,931.47 each way.
  expect(splitChange(product(200, 10, 10_000), product(100, 10, 10_000))).toEqual({
    visitors: 6931,
    conversion_rate: -6931,
    spend_per_buyer: 0,
  })
})

test('a worked example', () => {
  // L(24,000, 10,000) = 14,000 / ln 2.4 = 15,991.44; · ln 1.5 = 6,483.97; · ln 0.8 = −3,568.39; · ln 2 = 11,084.42.
  expect(splitChange(product(1500, 120, 24_000), product(1000, 100, 10_000))).toEqual({
    visitors: 6484,
    conversion_rate: -3568,
    spend_per_buyer: 11_084,
  })
})

test('what appears out of nothing, or vanishes, is the factor’s that was nothing', () => {
  const day = product(100, 10, 5000)
  expect(splitChange(day, product(0, 0, 0))).toEqual({ visitors: 5000, conversion_rate: 0, spend_per_buyer: 0 })
  expect(splitChange(day, product(80, 0, 0))).toEqual({ visitors: 0, conversion_rate: 5000, spend_per_buyer: 0 })
  expect(splitChange(day, product(80, 5, 0))).toEqual({ visitors: 0, conversion_rate: 0, spend_per_buyer: 5000 })
  expect(splitChange(product(0, 0, 0), day)).toEqual({ visitors: -5000, conversion_rate: 0, spend_per_buyer: 0 })
  expect(splitChange(product(80, 0, 0), day)).toEqual({ visitors: 0, conversion_rate: -5000, spend_per_buyer: 0 })
  expect(splitChange(product(80, 0, 0), product(0, 0, 0))).toEqual({
    visitors: 0,
    conversion_rate: 0,
    spend_per_buyer: 0,
  })
})

test('offline orders leave traffic out of it; money of nobody is spend', () => {
  expect(splitChange(product(0, 20, 20_000), product(0, 10, 10_000))).toEqual({
    visitors: 0,
    conversion_rate: 10_000,
    spend_per_buyer: 0,
  })
  expect(splitChange(product(100, 0, 700), product(100, 10, 500))).toEqual({
    visitors: 0,
    conversion_rate: 0,
    spend_per_buyer: 200,
  })
})

test('the limit is where small numbers lead', () => {
  const near = splitChange(product(100, 10, 1e12), product(100, 1e-9, 1e2))
  expect(near.conversion_rate / 1e12).toBeCloseTo(1, 1)
})

test('parts add up to the change, exactly, and turn their sign when the periods are swapped', () => {
  let seed = 42
  const random = (most: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % most
  }
  for (let turn = 0; turn < 5000; turn += 1) {
    const make = () => {
      const visitors = random(4) === 0 ? 0 : random(100_000)
      const buyers = random(4) === 0 ? 0 : random(5_000)
      return product(visitors, buyers, random(5) === 0 ? 0 : random(1_000_000_000))
    }
    const [now, before] = [make(), make()]
    const there = splitChange(now, before)
    const back = splitChange(before, now)
    expect(there.visitors + there.conversion_rate + there.spend_per_buyer).toBe(now.paid - before.paid)
    expect(Math.abs(there.visitors + back.visitors)).toBeLessThanOrEqual(2)
    expect(Object.values(there).every(Number.isSafeInteger)).toBe(true)
  }
})
