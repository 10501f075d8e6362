import { expect, test } from 'vitest'
import { earlierCampaigns, likeness } from './earlier-campaigns.ts'

const planned = (name: string, type: string, starts_at: string) => ({ name, type, starts_at })

test('the same campaign of another year is the most alike, then one of its type, then the latest of the others', () => {
  const one = planned('2026 双11 大促', 'promotion', '2026-11-10T20:00:00+08:00')
  const all = [
    planned('会员日', 'coupon', '2026-10-08T00:00:00+08:00'),
    planned('2023 双11', 'promotion', '2023-11-10T20:00:00+08:00'),
    planned('双11大促（2024）', 'promotion', '2024-11-10T20:00:00+08:00'),
    planned('618', 'promotion', '2026-06-17T20:00:00+08:00'),
    planned('双11大促 2025年', 'presale', '2025-11-10T20:00:00+08:00'),
    planned('双12', 'promotion', '2026-12-11T20:00:00+08:00'),
    planned('开学季', 'other', '2026-09-01T00:00:00+08:00'),
  ]
  expect(earlierCampaigns(one, all).map(({ name }) => name)).toEqual([
    '双11大促 2025年',
    '双11大促（2024）',
    '2023 双11',
    '618',
    '会员日',
    '开学季',
  ])
})

test('names that are nothing but a year are not the same, and “other” is no type to be alike in', () => {
  expect(likeness(planned('2026', 'live', ''), planned('2025', 'coupon', ''))).toBe(0)
  expect(likeness(planned('a', 'other', ''), planned('b', 'other', ''))).toBe(0)
  expect(likeness(planned('618', 'live', ''), planned('618', 'coupon', ''))).toBe(2)
})
