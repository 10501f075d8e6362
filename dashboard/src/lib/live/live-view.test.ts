import { expect, test } from 'vitest'
import { curvesOf, liveViewOf } from './live-view.ts'

const view = (search: string) => liveViewOf(new URLSearchParams(search))

test('without a choice today stands against yesterday, paid GMV adding up', () => {
  expect(view('')).toEqual({ comparison: 'previous_period', metric: 'paid_gmv', curve: 'cumulative' })
})

test('an address chooses the day and the curve; what does not exist is the default', () => {
  expect(view('compare=last_year&metric=visitors&curve=minute')).toEqual({
    comparison: 'last_year',
    metric: 'visitors',
    curve: 'minute',
  })
  expect(view('compare=none&metric=profit&curve=spiral')).toEqual(view(''))
})

test('visitors are never added up over the day', () => {
  expect(curvesOf('visitors')).toEqual(['five_minutes', 'minute'])
  expect(view('metric=visitors&curve=cumulative').curve).toBe('five_minutes')
})
