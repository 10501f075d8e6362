import { expect, test } from 'vitest'
import { debugFilterOf, requestOf } from './debug-filter.ts'

const of = (search: string) => debugFilterOf(new URLSearchParams(search))

test('an address says what is looked for', () => {
  const before = '2026-11-11T00:00:00.000Z|e1'
  const filter = of(
    `status=rejected&kind=orders&protocol=records&code=not_json&search=%20o1%20&before=${before}&hours=1`,
  )
  expect(filter).toEqual({
    ...{ status: 'rejected', kind: 'orders', protocol: 'records', name: '', code: 'not_json', search: 'o1' },
    ...{ before, hours: 1 },
  })
  expect(requestOf('main', filter)).toEqual({
    ...{ store_id: 'main', status: 'rejected', limit: 50, kind: 'orders', protocol: 'records', code: 'not_json' },
    ...{ search: 'o1', before },
  })
})

test('what an address says wrongly counts as not said', () => {
  const filter = of('status=lost&kind=cats&protocol=ftp&before=yesterday&hours=2')
  expect(filter).toEqual({
    ...{ status: 'all', kind: undefined, protocol: undefined, name: '', code: '', search: '', before: undefined },
    hours: 24,
  })
  expect(requestOf('main', filter)).toEqual({ store_id: 'main', status: 'all', limit: 50 })
})
