import { expect, test } from 'vitest'
import { weekLevels } from './week-levels.ts'

test('the most is darkest, nothing and no such hour have no shade', () => {
  const rows = [
    { weekday: 2, hour: 0, value: 90 },
    { weekday: 1, hour: 0, value: 0 },
    { weekday: 1, hour: 1, value: null },
    { weekday: 1, hour: 2, value: 1 },
    { weekday: 1, hour: 3, value: 45 },
  ]
  const days = weekLevels(rows)
  expect(days.map(({ weekday, hours }) => [weekday, hours.map(({ level }) => level)])).toEqual([
    [1, [0, 0, 1, 5]],
    [2, [9]],
  ])
})

test('a week of nothing has no shade', () => {
  expect(weekLevels([{ weekday: 1, hour: 0, value: 0 }])[0]?.hours[0]?.level).toBe(0)
})
