import { expect, test } from 'vitest'
import { kinds } from '../settings/kinds.ts'
import { presetPlaybook, presetRules } from './presets.ts'

test('ready-made rules and lines are settings of their kinds, by ids that do not meet others', () => {
  for (const [id, value] of presetRules) {
    expect(id).toBe(`preset_${kinds.rule.parse(value).preset}`)
  }
  for (const [id, value] of presetPlaybook) {
    expect(id).toMatch(/^preset_/)
    expect(kinds.playbook.safeParse(value).success).toBe(true)
  }
  expect([presetRules.size, presetPlaybook.size]).toEqual([10, 14])
})
