import { expect, test } from 'vitest'
import { auditFilterOf } from './audit-filter.ts'

const read = (search: string) => auditFilterOf(new URLSearchParams(search))

test('an address says kind, person, days and page', () => {
  expect(read('kind=key&actor=ann@x&from=2026-11-01&last=2026-11-11&page=3')).toEqual({
    filter: { kind: 'key', actor: 'ann@x', from: '2026-11-01', to: '2026-11-12' },
    page: 2,
  })
})

test('what is no day and no page is none', () => {
  const nothing = { filter: { kind: null, actor: null, from: null, to: null }, page: 0 }
  expect(read('')).toEqual(nothing)
  expect(read('kind=&from=yesterday&last=2026-02-30&page=-1')).toEqual(nothing)
  expect(read('page=1e9').page).toBe(0)
})
