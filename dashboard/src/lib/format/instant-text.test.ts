import { expect, test } from 'vitest'
import { instantText } from './instant-text.ts'

test('an instant is told by the clock of the store', () => {
  expect(instantText('Asia/Shanghai', '2026-11-24T18:04:38.524Z')).toBe('2026-11-25 02:04')
  expect(instantText('America/Sao_Paulo', '2026-01-04T00:00:00-03:00')).toBe('2026-01-04 00:00')
})
