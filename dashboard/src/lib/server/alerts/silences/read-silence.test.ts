import { expect, test } from 'vitest'
import { readForm } from '../../settings/form.ts'
import { readSilence } from './read-silence.ts'

const store = { store_id: 'main', name: 'Main', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const read = async (fields: [string, string][]) => {
  const body = new URLSearchParams(fields)
  return readSilence(await readForm(new Request('http://localhost/', { method: 'POST', body })), store)
}
const good: [string, string][] = [
  ['reason', '维护'],
  ['starts_at', '2026-11-11T22:00'],
  ['ends_at', '2026-11-12T08:00'],
]

test('times are those of the store, and a silence may be of some rules, one slice and certain hours', async () => {
  expect(await read(good)).toEqual({
    value: {
      ...{ reason: '维护', rules: [], starts_at: '2026-11-11T22:00:00+08:00', ends_at: '2026-11-12T08:00:00+08:00' },
    },
  })
  const narrow: [string, string][] = [
    ...good,
    ['rules', 'a'],
    ['rules', 'b'],
    ['dimension', 'channel'],
    ['value', 'douyin'],
    ['quiet', 'on'],
    ['from', '22:00'],
    ['to', '07:30'],
    ['weekdays', '6'],
    ['weekdays', '7'],
  ]
  expect(await read(narrow)).toMatchObject({
    value: {
      ...{ rules: ['a', 'b'], slice: { dimension: 'channel', value: 'douyin' } },
      hours: { from: '22:00', to: '07:30', weekdays: [6, 7] },
    },
  })
})

test('what is wrong is named by its field', async () => {
  const wrong = async (fields: [string, string][]) => {
    const told = await read(fields)
    return 'fields' in told ? Object.keys(told.fields) : []
  }
  expect(await wrong([['reason', '']])).toEqual(['reason', 'starts_at', 'ends_at'])
  expect(await wrong([...good.slice(0, 2), ['ends_at', '2026-11-11T22:00']])).toEqual(['ends_at'])
  expect(await wrong([...good, ['dimension', 'channel']])).toEqual(['value'])
  expect(await wrong([...good, ['quiet', 'on'], ['from', '22:00'], ['to', '22:00']])).toEqual(['weekdays', 'to'])
})
