import { expect, test } from 'vitest'
import { kinds } from '../settings/kinds.ts'
import { presetPlaybook, presetRules } from './presets.ts'
import { nameToStore, ruleName } from './rule-name.ts'

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

test('a ready-made rule has a name in each language, until somebody renames it', () => {
  for (const { name } of presetRules.values()) {
    expect(ruleName(name, 'zh')).toMatch(/^[\u4e00-\u9fff]+$/)
    expect(ruleName(name, 'en')).toMatch(/^[A-Za-z ]+$/)
  }
  // As it has been stored since there are ready-made rules.
  expect(ruleName('全店流量骤降 Traffic drop', 'en')).toBe('Traffic drop')
  expect(ruleName('大促流量', 'en')).toBe('大促流量')
  expect(nameToStore('Traffic drop', 'traffic')).toBe('全店流量骤降 Traffic drop')
  expect(nameToStore('全店流量骤降', 'traffic')).toBe('全店流量骤降 Traffic drop')
  // Another rule that happens to be called so, and another name.
  expect(nameToStore('Traffic drop', undefined)).toBe('Traffic drop')
  expect(nameToStore('Traffic drop', 'refunds')).toBe('Traffic drop')
  expect(nameToStore('大促流量', 'traffic')).toBe('大促流量')
})
