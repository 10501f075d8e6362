import { expect, test } from 'vitest'
import type { LiveState } from '#lib/server/live/load-live.ts'
import { sharing } from './sharing.ts'

const state = (key: string, panels: object) => ({ key, panels }) as unknown as LiveState
const panel = (value: number) => ({ ok: true, value: { number: value } })

test('a part is put in, and what says the same stays the same object', () => {
  const before = state('a', { totals: panel(1), day: panel(2) })
  const after = sharing(before, state('a', { totals: panel(1), orders: panel(3) }))
  expect(after.panels).toEqual({ totals: panel(1), day: panel(2), orders: panel(3) })
  expect(after.panels.totals).toBe(before.panels.totals)
  expect(after.panels.day).toBe(before.panels.day)
})

test('what belongs to another view is not mixed in', () => {
  const next = state('b', { totals: panel(1) })
  expect(sharing(state('a', { day: panel(2) }), next)).toBe(next)
  expect(sharing(undefined, next)).toBe(next)
})
