import { expect, test } from 'vitest'
import { dayParser, instantParser } from './parse-instant.ts'

const at = (text: string, zone: string, ...formats: string[]) => instantParser({ formats, zone })(text)

test('a time without a zone is one of the mapping’s zone', () => {
  expect(at('2010-12-01 08:26:00', 'Europe/London', 'yyyy-MM-dd HH:mm:ss')).toBe('2010-12-01T08:26:00.000Z')
  expect(at('2017-10-02 10:56:33', 'America/Sao_Paulo', 'iso')).toBe('2017-10-02T13:56:33.000Z')
  expect(at('2026-11-11 00:00:00', 'Asia/Shanghai', 'iso')).toBe('2026-11-10T16:00:00.000Z')
})

test('a time with a zone keeps it', () => {
  expect(at('2026-11-11T00:00:00+08:00', 'Europe/London', 'iso')).toBe('2026-11-10T16:00:00.000Z')
  expect(at('2019-10-01 00:00:00 UTC', 'Asia/Shanghai', "yyyy-MM-dd HH:mm:ss 'UTC'")).toBe('2019-09-30T16:00:00.000Z')
})

test('the first format that fits is taken', () => {
  expect(at('12/1/2010 8:26', 'UTC', 'yyyy-MM-dd HH:mm:ss', 'M/d/yyyy H:mm')).toBe('2010-12-01T08:26:00.000Z')
  expect(at('1767225600', 'UTC', 'iso', 'unix')).toBe('2026-01-01T00:00:00.000Z')
  expect(at('1767225600123', 'UTC', 'unix_ms')).toBe('2026-01-01T00:00:00.123Z')
})

test('a time that the clock change repeats is the first of the two', () => {
  // London leaves summer time on 2010-10-31 at 02:00 BST: 01:30 comes at 00:30 and at 01:30 UTC.
  expect(at('2010-10-31 01:30:00', 'Europe/London', 'iso')).toBe('2010-10-31T00:30:00.000Z')
  expect(at('2010-11-07 01:30:00', 'America/New_York', 'yyyy-MM-dd HH:mm:ss')).toBe('2010-11-07T05:30:00.000Z')
})

test('a time that the clock change skips is moved on by the gap', () => {
  // São Paulo went from 00:00 to 01:00 on 2017-10-15: 00:30 is 01:30 there, 03:30 UTC.
  expect(at('2017-10-15 00:30:00', 'America/Sao_Paulo', 'iso')).toBe('2017-10-15T03:30:00.000Z')
})

test('the same reader may be asked again, and takes what it wrote', () => {
  const read = instantParser({ formats: ['d.M.yyyy'], zone: 'UTC' })
  expect([read('1.2.2026'), read('1.2.2026'), read(read('1.2.2026'))]).toEqual(
    Array(3).fill('2026-02-01T00:00:00.000Z'),
  )
})

test.each(['2010-13-01 00:00:00', '2010-02-30 00:00:00', '', 'yesterday'])('“%s” is not a time', (text) => {
  expect(() => at(text, 'UTC', 'iso')).toThrow(`“${text}” is not a time written as iso`)
})

test('a day is the day that is written, whatever the zone', () => {
  const read = dayParser({ formats: ['d/M/yyyy'], zone: 'America/Sao_Paulo' })
  expect(read('11/11/2026')).toBe('2026-11-11')
  expect(read('2026-11-11')).toBe('2026-11-11')
})
