import type { Cell } from '@guanlan/warehouse/queries/cells/read-cells'
import { expect, test } from 'vitest'
import { causeOf, findCauses } from './find-causes.ts'
import { sumsOf } from './slice-sums.ts'

const dimensions = ['channel', 'device', 'campaign'] as const
type Shop = Record<string, number>

/** One window of now, one of the past; each cell is `channel device campaign`. */
function weeksOf(past: Shop, now: Shop, measure = 'visitors') {
  const cells = (shop: Shop, window: number): Cell[] =>
    Object.entries(shop).map(([key, count]) => ({ window, values: key.split(' '), measures: { [measure]: count } }))
  return { sums: sumsOf([...cells(now, 0), ...cells(past, 1)], dimensions), now: [0], past: [1], scale: 1 }
}
const asked = { metric: 'visitors', dimensions } as const
const told = (causes: ReturnType<typeof findCauses>) =>
  causes.map(({ slices, share }) => [slices.map(({ value }) => value).join(' × '), Number(share.toFixed(2))])

const shop = { 'douyin phone live': 360, 'douyin desktop live': 40, 'baidu phone none': 200, 'baidu desktop none': 200, 'direct phone none': 150, 'direct desktop none': 150 } // biome-ignore format: a shop

test('devices and campaigns that only follow the channel are folded into it', () => {
  const now = { ...shop, 'douyin phone live': 108, 'douyin desktop live': 12 }
  const causes = findCauses(weeksOf(shop, now), asked)
  expect(causes).toEqual([
    { slices: [{ dimension: 'channel', value: 'douyin' }], expected: 400, actual: 120, share: 1 },
  ])
})

test('two channels that fall are two causes, the larger first', () => {
  const now = { ...shop, 'douyin phone live': 180, 'douyin desktop live': 20, 'baidu phone none': 130, 'baidu desktop none': 130 } // biome-ignore format: a shop
  expect(told(findCauses(weeksOf(shop, now), asked))).toEqual([
    ['douyin', 0.59],
    ['baidu', 0.41],
  ])
})

test('one device of one channel is told as both', () => {
  const now = { ...shop, 'baidu desktop none': 40 }
  expect(told(findCauses(weeksOf(shop, now), asked))).toEqual([['baidu × desktop', 1]])
})

test('chance is no cause, and neither is a whole that fell alike', () => {
  const jitter = { ...shop, 'baidu phone none': 190, 'direct phone none': 156 }
  expect(findCauses(weeksOf(shop, jitter), asked)).toEqual([])
  expect(findCauses(weeksOf(shop, shop), asked)).toEqual([])
})

test('of an incident of one slice the cause is the slice, more closely where one value carries it', () => {
  const slice = { dimension: 'channel', value: 'baidu' } as const
  const now = { ...shop, 'baidu desktop none': 40 }
  expect(causeOf(weeksOf(shop, now), asked, slice)).toEqual({
    slices: [slice, { dimension: 'device', value: 'desktop' }],
    ...{ expected: 400, actual: 240, share: 1 },
  })
})
