import { expect, test } from 'vitest'
import { overviewOf } from './overview-of.ts'

const store = { store_id: 'main', time_zone: 'Asia/Shanghai' }
const incident = { metric: 'visitors', from: '2026-11-10T18:00:00.000Z', to: '2026-11-11T17:00:00.000Z' }

test('a cause leads to the overview on the store’s days, narrowed to it', () => {
  const slices = [
    { dimension: 'channel', value: 'douyin' },
    { dimension: 'device', value: 'phone' },
  ]
  expect(overviewOf(store, { ...incident, slices })).toBe(
    '/stores/main/overview?channel=douyin&device=phone&from=2026-11-11&to=2026-11-13&grain=hour&metric=visitors',
  )
})

test('what the overview cannot be narrowed to has no link, and a metric without a tile names none', () => {
  expect(overviewOf(store, { ...incident, slices: [{ dimension: 'province', value: '浙江' }] })).toBeUndefined()
  expect(overviewOf(store, { ...incident, metric: 'sessions', slices: [] })).toBe(
    '/stores/main/overview?from=2026-11-11&to=2026-11-13&grain=hour',
  )
})
