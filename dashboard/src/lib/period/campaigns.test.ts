import { expect, test } from 'vitest'
import { campaignNamed, campaignRef, daysTouched } from './campaigns.ts'

test('an address names a campaign by its id', () => {
  expect(campaignRef({ id: 'double-11' })).toBe('campaign:double-11')
  expect([campaignNamed('campaign:a:b'), campaignNamed('today'), campaignNamed(null)]).toEqual([
    'a:b',
    undefined,
    undefined,
  ])
})

test('a campaign touches the days of its store from its first instant to its last', () => {
  const campaign = { starts_at: '2026-11-10T20:00:00+08:00', ends_at: '2026-11-12T00:00:00+08:00' }
  expect(daysTouched(campaign, 'Asia/Shanghai')).toEqual({ from: '2026-11-10', to: '2026-11-12' })
  expect(daysTouched(campaign, 'Europe/Berlin')).toEqual({ from: '2026-11-10', to: '2026-11-12' })
  expect(daysTouched(campaign, 'America/New_York')).toEqual({ from: '2026-11-10', to: '2026-11-12' })
  expect(daysTouched(campaign, 'Pacific/Auckland')).toEqual({ from: '2026-11-11', to: '2026-11-13' })
})
