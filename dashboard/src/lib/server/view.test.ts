import { expect, test } from 'vitest'
import { headOf, viewOf } from './view.ts'

const store = { store_id: 'main', name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const now = new Date('2026-11-11T06:30:00Z')
const campaign = (id: string, name: string, type: string, starts_at: string, ends_at: string) => ({
  id,
  name,
  type,
  starts_at: `${starts_at}:00:00+08:00`,
  ends_at: `${ends_at}:00:00+08:00`,
})
const campaigns = [
  campaign('next', '双12', 'promotion', '2026-12-11T20', '2026-12-13T00'),
  campaign('this', '2026 双11', 'promotion', '2026-11-10T20', '2026-11-12T00'),
  campaign('members', '会员日', 'coupon', '2026-10-08T00', '2026-10-09T00'),
  campaign('last', '2025 双11', 'promotion', '2025-11-10T20', '2025-11-12T00'),
]
const view = (query: string) => viewOf(store, new URL(`http://localhost/?${query}`), { now, campaigns })
const choices = (query: string) => {
  const { campaigns: found } = headOf(view(query), new URL('http://localhost/'), { store, campaigns })
  return { periods: found?.periods.map(({ id }) => id), comparisons: found?.comparisons.map(({ id }) => id) }
}

test('an address names a campaign as the period and another to compare with', () => {
  const { period, against, gone } = view('period=campaign:this&compare=campaign:last')
  expect([period.preset, period.from, period.to, period.campaign?.id]).toEqual([
    'custom',
    '2026-11-10',
    '2026-11-12',
    'this',
  ])
  expect([against?.id, gone]).toEqual(['last', []])
})

test('a campaign that is no more falls back to the usual, and that is told', () => {
  const { period, against, comparison, gone } = view('period=campaign:never&compare=campaign:never')
  expect([period.preset, against, comparison, gone]).toEqual([
    'last_28_days',
    undefined,
    'previous_period',
    ['period', 'compare'],
  ])
})

test('on a page that knows no campaigns an address names none', () => {
  const without = viewOf(store, new URL('http://localhost/?period=campaign:this'), { now })
  expect([without.period.preset, without.gone]).toEqual(['last_28_days', []])
  expect(headOf(without, new URL('http://localhost/')).campaigns).toBeUndefined()
})

test('the same campaign of the year before is proposed first; what has not begun is no period', () => {
  expect(choices('period=campaign:this')).toEqual({
    periods: ['this', 'members', 'last'],
    comparisons: ['last', 'members'],
  })
  expect(choices('period=today').comparisons).toEqual(['this', 'members', 'last'])
})
