import { expect, test } from 'vitest'
import { metricNames } from '../../metrics/catalog.ts'
import { slicesOf } from './plan.ts'

test('a metric is asked of what all its measures know', () => {
  expect(slicesOf('conversion_rate')).toEqual(['channel', 'channel_group', 'campaign', 'device', 'product', 'category'])
  expect(slicesOf('bounces')).toContain('exit_path')
  expect(slicesOf('paid_gmv')).toEqual(expect.arrayContaining(['product', 'category', 'province', 'coupon']))
  expect(slicesOf('roas')).toEqual(['channel', 'channel_group', 'campaign'])
})

test('every metric can be asked of a channel', () => {
  expect(metricNames.filter((name) => !slicesOf(name).includes('channel'))).toEqual([])
})
