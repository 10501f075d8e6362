import { expect, test } from 'vitest'
import type { PageRow } from '#lib/heatmap-page/answers.ts'
import { isSortable, sortPages } from './sort-pages.ts'

const row = (group: string, views: number, dead_share: number | null) => ({ group, views, dead_share }) as PageRow

test('the most comes first, nothing last, and equals stay as they were', () => {
  const rows = [row('a', 5, null), row('b', 9, 0.1), row('c', 9, 0), row('d', 1, 0.3)]
  expect(sortPages(rows, 'views').map(({ group }) => group)).toEqual(['b', 'c', 'a', 'd'])
  expect(sortPages(rows, 'dead_share').map(({ group }) => group)).toEqual(['d', 'b', 'c', 'a'])
})

test('an address names a column that there is', () => {
  expect([isSortable('conversion'), isSortable('group'), isSortable(null)]).toEqual([true, false, false])
})
