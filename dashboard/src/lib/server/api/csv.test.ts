import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('a file begins with a byte order mark and quotes what needs it', () => {
  const table = {
    columns: ['渠道', 'paid_gmv'],
    rows: [
      ['直播, "A"', 12.5],
      ['search\nads', null],
    ] as [string, number | null][],
  }
  expect(csvOf(table)).toBe('\uFEFF渠道,paid_gmv\r\n"直播, ""A""",12.5\r\n"search\nads",\r\n')
})

test('text that a spreadsheet would run is made harmless', () => {
  const rows = ['=1+1', '+1', '-1', '@sum', '\tx', '\rx', '＝1', 'a=1'].map((text) => [text])
  const cells = csvOf({ columns: ['c'], rows })
    .split('\r\n')
    .slice(1, -1)
  expect(cells.slice(0, 5)).toEqual([`'=1+1`, `'+1`, `'-1`, `'@sum`, `'\tx`])
  expect(cells[5]).toBe(`"'\rx"`)
  expect(cells.at(-1)).toBe('a=1')
})

test('a negative number stays a number', () => {
  expect(csvOf({ columns: ['c'], rows: [[-1.5]] })).toBe('\uFEFFc\r\n-1.5\r\n')
})
