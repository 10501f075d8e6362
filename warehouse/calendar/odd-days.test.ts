import { expect, test } from 'vitest'
import { oddDayAt, oddDays } from './odd-days.ts'

const on = (day: string) => oddDays('Asia/Shanghai').get(day)
const told = (day: string) => {
  const odd = on(day)
  return odd && `${odd.name.zh} ${odd.kind} ${odd.nth}/${odd.of}`
}

test('public holidays and the days worked for them are those that the State Council has published', () => {
  expect(['2026-09-30', '2026-10-01', '2026-10-02', '2026-10-07', '2026-10-08', '2026-10-10', '2026-10-11'].map(told)).toEqual([undefined, '国庆节 holiday 1/7', '国庆节 holiday 2/7', '国庆节 holiday 7/7', undefined, '国庆节 make_up 1/1', undefined]) // biome-ignore format: one list
  expect(told('2026-02-23')).toBe('春节 holiday 9/9')
  expect([told('2026-04-05'), told('2026-06-19'), told('2026-09-25')]).toEqual(['清明节 holiday 2/3', '端午节 holiday 1/3', '中秋节 holiday 1/3']) // biome-ignore format: one list
  expect(told('2026-01-01')).toBe('元旦 holiday 1/3')
  // Two in one: days of another name are counted apart.
  expect([told('2025-10-05'), told('2025-10-06'), told('2025-10-07')]).toEqual(['国庆节 holiday 5/5', '中秋节 holiday 1/1', '国庆节 holiday 1/2']) // biome-ignore format: one list
  expect(on('2026-10-01')?.name.en).toBe('National Day')
})

test('of years that are not published yet the days that the law fixes are known', () => {
  const last = Math.max(...[...oddDays('Asia/Shanghai')].filter(([, { kind }]) => kind === 'make_up').map(([day]) => Number(day.slice(0, 4)))) // biome-ignore format: one line
  expect(told(`${last + 1}-10-01`)).toBe('国庆节 holiday 1/3')
  expect(told(`${last + 1}-01-01`)).toBe('元旦 holiday 1/1')
})

test('a day is one of the store’s clock, and other countries have none', () => {
  expect(oddDayAt(Date.parse('2026-09-30T15:59:59Z'), 'Asia/Shanghai')).toBeUndefined()
  expect(oddDayAt(Date.parse('2026-09-30T16:00:00Z'), 'Asia/Shanghai')?.nth).toBe(1)
  expect(oddDayAt(Date.parse('2026-10-01T12:00:00Z'), 'Europe/Berlin')).toBeUndefined()
})
