import { funnelRequest } from '@guanlan/warehouse/queries/funnel/contract'
import { expect, test } from 'vitest'
import type { FunnelQuestion } from '#lib/funnel/funnel-view.ts'
import type { View } from '../view.ts'
import { funnelRequests } from './funnel-requests.ts'

const store = { store_id: 'main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const view: View = {
  params: { get: () => null },
  now: new Date('2026-11-20T00:00:00Z'),
  today: '2026-11-20',
  period: { preset: 'custom', from: '2026-11-01', to: '2026-11-08' },
  comparison: 'previous_period',
  conditions: [['is', 'channel', ['douyin']]],
  beginsWithDay: true,
  gone: [],
}
const funnel: FunnelQuestion = {
  steps: [
    { name: 'view_item', where: [{ field: 'category', operator: 'is_not', values: ['tea'] }] },
    { name: 'purchase', where: [] },
  ],
  window_seconds: 3600,
  order: 'first_start',
  breakdown: 'device',
}

test('the page asks for the whole, for the compared days, and by value', () => {
  const { whole, compared, broken, until } = funnelRequests(store, view, funnel)
  expect(whole).toEqual({
    store_id: 'main',
    steps: [
      { name: 'view_item', where: [['is_not', 'category', ['tea']]] },
      { name: 'purchase', where: [] },
    ],
    window_seconds: 3600,
    order: 'first_start',
    filters: [['is', 'channel', ['douyin']]],
    date_range: ['2026-11-01', '2026-11-08'],
  })
  expect(compared).toEqual({ ...whole, date_range: ['2026-10-25T00:00:00+08:00', '2026-11-01T00:00:00+08:00'] })
  expect(broken).toEqual({ ...whole, breakdown: 'device' })
  expect(until).toBeUndefined()
  for (const request of [whole, compared, broken]) expect(funnelRequest.safeParse(request).error).toBeUndefined()
})

test('a period that is not over is held against the same stretch of the compared one', () => {
  const running = { ...view, period: { preset: 'today', from: '2026-11-20', to: '2026-11-21' } } as const
  const { whole, compared } = funnelRequests(store, running, funnel)
  expect(whole?.date_range).toEqual(['2026-11-20T00:00:00+08:00', '2026-11-20T08:00:00+08:00'])
  expect(compared?.date_range).toEqual(['2026-11-19T00:00:00+08:00', '2026-11-19T08:00:00+08:00'])
})

test('without a comparison, a breakdown or enough steps that much less is asked', () => {
  const plain = funnelRequests(store, { ...view, comparison: 'none' }, { ...funnel, breakdown: null })
  expect([plain.compared, plain.broken]).toEqual([undefined, undefined])
  expect(funnelRequests(store, view, { ...funnel, steps: funnel.steps.slice(1) }).whole).toBeUndefined()
})
