import { expect, test } from 'vitest'
import { nextMorning } from './next-morning.ts'

const after = (at: string) => nextMorning(new Date(at), 'Asia/Shanghai').toISOString()

test('by day it is that of tomorrow, at three at night that of today', () => {
  expect(after('2026-11-11T15:00:00+08:00')).toBe('2026-11-12T00:00:00.000Z')
  expect(after('2026-11-11T23:59:00+08:00')).toBe('2026-11-12T00:00:00.000Z')
  expect(after('2026-11-12T03:00:00+08:00')).toBe('2026-11-12T00:00:00.000Z')
})

test('shortly before a morning, that morning would be no silence', () => {
  expect(after('2026-11-12T06:00:00+08:00')).toBe('2026-11-13T00:00:00.000Z')
})
