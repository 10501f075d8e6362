import { expect, test } from 'vitest'
import { newOddDay, watchOddDay } from './odd-day-watch.ts'
import { holidaysOf, oddDayOf } from './odd-days.ts'

const minutes = { kind: 'count', seconds: 60 } as const
/** What becomes of so many minutes in a row. */
const told = (values: readonly number[], seen: { usual: number; alike: number; uplift?: number }) => {
  const memory = newOddDay('2026-10-01')
  return values.map((value) => watchOddDay(memory, { value, ...seen }, minutes).off)
}
const minutesOf = (count: number, value: number) => Array.from({ length: count }, () => value)

test('the range goes from two fifths of the lesser to two and a half times the greater of what the day may be like', () => {
  const band = watchOddDay(newOddDay('d'), { value: 100, usual: 100, alike: 140 }, minutes)
  expect(band).toMatchObject({ expected: 140, lower: 40, upper: 350, off: 0 })
  // Where last year's holiday halved the usual, half and twice of that.
  const known = watchOddDay(newOddDay('d'), { value: 50, usual: 100, alike: 140, uplift: 0.5 }, minutes)
  expect(known).toMatchObject({ expected: 50, lower: 25, upper: 100, off: 0 })
})

test('five minutes far below are a drop, far above a rise, and what chance may do is neither', () => {
  const day = { usual: 100, alike: 140 }
  expect(told(minutesOf(5, 20), day)).toEqual([0, 0, 0, 0, -1])
  expect(told(minutesOf(5, 400), day)).toEqual([0, 0, 0, 0, 1])
  expect(told(minutesOf(60, 70), day).every((off) => off === 0)).toBe(true)
  // Two of three a minute.
  expect(told(minutesOf(6, 1), { usual: 3, alike: 3 }).every((off) => off === 0)).toBe(true)
  // Last year's rush is no alarm this year.
  expect(told(minutesOf(20, 400), { ...day, uplift: 4 }).every((off) => off === 0)).toBe(true)
})

test('a holiday resembles the next Sunday, a weekend’s day that is worked the next Monday', () => {
  const zone = 'Asia/Shanghai'
  const at = (day: string) => {
    const start = Date.parse(`${day}T09:00+08:00`)
    return oddDayOf({ start, end: start + 60_000 }, zone)
  }
  const days = (day: string) => (at(day)?.shift ?? 0) / 86_400_000
  // Thursday, Sunday, Wednesday.
  expect([days('2026-10-01'), days('2026-10-04'), days('2026-10-07')]).toEqual([3, 0, 4])
  // A Saturday and a Sunday that are worked.
  expect([days('2026-10-10'), days('2026-09-20')]).toEqual([2, 1])
  expect(at('2026-10-10')?.holiday).toBeUndefined()
  expect(at('2026-10-02')).toMatchObject({ holiday: { name: '国庆节', starts_at: '2026-09-30T16:00:00.000Z', ends_at: '2026-10-07T16:00:00.000Z' }, distance: (33 * 60 + 0.5) * 60_000 }) // biome-ignore format: one value
  expect(holidaysOf(zone).filter(({ starts_at }) => starts_at.startsWith('2026')).map(({ name }) => name)).toEqual(['春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节', '元旦']) // biome-ignore format: one list
})
