import { expect, test } from 'vitest'
import { repurchaseParts } from './repurchase-parts.ts'

test('the parts of a bar are whole numbers of customers and fill it', () => {
  const row = { window_days: 30, eligible: 6, repurchased: 2, rate: 1 / 3, open: 4, open_repurchased: 1 }
  expect(repurchaseParts(row)).toEqual([
    { name: 'back', customers: 2, share: 0.2, start: 0 },
    { name: 'not_back', customers: 4, share: 0.4, start: 0.2 },
    { name: 'open_back', customers: 1, share: 0.1, start: expect.closeTo(0.6) },
    { name: 'open', customers: 3, share: 0.3, start: expect.closeTo(0.7) },
  ])
})

test('nobody makes an empty bar', () => {
  const row = { window_days: 30, eligible: 0, repurchased: 0, rate: null, open: 0, open_repurchased: 0 }
  expect(repurchaseParts(row).map(({ share }) => share)).toEqual([0, 0, 0, 0])
})
