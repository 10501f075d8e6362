import { expect, test } from 'vitest'
import { breakdownOf, knowsSpend } from './breakdowns.ts'

test('an address names a breakdown; by channel when it names none that is known', () => {
  const named = (by: string) => breakdownOf(new URLSearchParams({ by }))
  expect([named('campaign'), named('province'), named('reason')]).toEqual(['campaign', 'province', 'channel'])
})

test('spend is known by channel and campaign, not by device', () => {
  expect([knowsSpend('channel', []), knowsSpend('campaign', ['channel_group'])]).toEqual([true, true])
  expect([knowsSpend('device', []), knowsSpend('channel', ['device'])]).toEqual([false, false])
})
