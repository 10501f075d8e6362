import { expect, test } from 'vitest'
import { rankDimensions } from './rank-dimensions.ts'

const part = (value: string, expected: number, actual: number) => ({ value, expected, actual })

test('of a channel that falls the channel is told, not the device that its visitors use', () => {
  const [first, ...others] = rankDimensions({
    // 280 of 400 douyin visitors are gone; nine of ten of them were on a phone.
    device: [part('phone', 700, 448), part('desktop', 300, 272)],
    channel: [part('douyin', 400, 120), part('baidu', 300, 300), part('direct', 300, 300)],
  })
  expect(first).toMatchObject({
    dimension: 'channel',
    parts: [{ value: 'douyin', expected: 400, actual: 120, share: 1 }],
  })
  expect(others.map(({ dimension }) => dimension)).toEqual(['device'])
})

test('what falls alike everywhere is nobody’s fault: no dimension surprises', () => {
  const ranked = rankDimensions({
    channel: [part('douyin', 400, 200), part('baidu', 300, 150), part('direct', 300, 150)],
    device: [part('phone', 700, 350), part('desktop', 300, 150)],
  })
  for (const { surprise } of ranked) expect(surprise).toBeCloseTo(0, 12)
})

test('several values are gathered until they explain two thirds, the largest first', () => {
  const [first] = rankDimensions({
    province: [part('Hubei', 100, 10), part('Hunan', 100, 40), part('Jilin', 100, 95), part('Gansu', 700, 695)],
  })
  expect(first?.parts.map(({ value, share }) => [value, Number(share.toFixed(4))])).toEqual([
    ['Hubei', 0.5625],
    ['Hunan', 0.375],
  ])
})

test('a value that went the other way explains nothing, and what is new explains a rise', () => {
  const [first] = rankDimensions({ channel: [part('douyin', 100, 50), part('baidu', 100, 110), part('new', 0, 200)] })
  expect(first?.parts.map(({ value }) => value)).toEqual(['new'])
})

test('without a gap, or with one value alone, there is nothing to rank', () => {
  expect(rankDimensions({ channel: [part('a', 1, 1), part('b', 2, 2)], device: [part('phone', 9, 1)] })).toEqual([])
})
