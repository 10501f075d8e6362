import { expect, test } from 'vitest'
import { phaseOf } from './silence-phase.ts'

test('a silence runs from its first instant to before its last', () => {
  const silence = { starts_at: '2026-11-11T10:00:00+08:00', ends_at: '2026-11-11T12:00:00+08:00' }
  const at = (clock: string) => phaseOf(silence, Date.parse(`2026-11-11T${clock}:00+08:00`))
  expect([at('09:59'), at('10:00'), at('11:59'), at('12:00')]).toEqual(['planned', 'current', 'current', 'past'])
})
