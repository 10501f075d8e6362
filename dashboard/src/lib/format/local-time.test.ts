import { expect, test } from 'vitest'
import { clockText, instantText, localMinute, localTime } from './local-time.ts'

test('an instant is told by the clock of the store', () => {
  expect(instantText('Asia/Shanghai', '2026-11-24T18:04:38.524Z')).toBe('2026-11-25 02:04')
  expect(instantText('America/Sao_Paulo', '2026-01-04T00:00:00-03:00')).toBe('2026-01-04 00:00')
  expect(localTime('Asia/Shanghai', Date.parse('2026-11-11T01:30:05Z'))).toBe('2026-11-11T09:30:05')
  expect(localMinute('Asia/Shanghai', new Date('2026-11-11T01:30:05Z'))).toBe('2026-11-11T09:30')
})

test('a clock shows the time of its zone, midnight as zero', () => {
  const at = '2026-11-10T16:00:05.250Z'
  expect([clockText('Asia/Shanghai', at), clockText('Europe/Berlin', at, 'minute')]).toEqual(['00:00:05', '17:00'])
})
