import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { usage } from './arguments.ts'
import { condition } from './mapping/expression.ts'
import { outputKinds } from './mapping/outputs.ts'
import { made } from './testing.ts'

const text = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8')

interface Block {
  language: string
  about: string
  body: string
}
const blocksOf = (section: string): Block[] =>
  [...section.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language = '', about = '', body = '']) => ({
    language,
    about,
    body,
  }))
const sections = text
  .split(/^(?=##+ )/m)
  .map((section) => ({ title: section.split('\n')[0] ?? '', blocks: blocksOf(section) }))
const examples = sections.filter(({ blocks }) => blocks.some(({ about }) => about === 'mapping'))

// What the documentation shows is what happens.
describe('the examples of docs/import.md', () => {
  test.each(examples.map(({ title, blocks }) => [title, blocks] as const))('%s', async (_, blocks) => {
    const mapping = blocks.find(({ about }) => about === 'mapping')?.body ?? ''
    const files = blocks.flatMap(({ language, about, body }) => {
      const [, name = '', encoding = 'utf-8'] = /^file=(\S+)(?: encoding=(\S+))?$/.exec(about) ?? []
      return language === 'csv' ? [[name, iconv.encode(body, encoding)] as const] : []
    })
    const { rows, rejects } = await made(mapping, Object.fromEntries(files))
    expect(rejects).toEqual([])
    const shown = blocks.filter(({ language }) => language === 'json')
    expect(shown).not.toHaveLength(0)
    for (const { about, body } of shown) expect(rows[about]).toEqual(JSON.parse(body))
  })

  test('there are four', () => expect(examples).toHaveLength(4))

  test('its conditions are conditions', () => {
    const conditions = sections.flatMap(({ blocks }) => blocks.filter(({ about }) => about === 'condition'))
    expect(conditions).toHaveLength(1)
    for (const { body } of conditions) expect(condition.safeParse(parse(body)).error).toBeUndefined()
  })

  test('every field of every kind is named, and those that must be given are bold', () => {
    for (const [name, kind] of Object.entries(outputKinds)) {
      const item = new RegExp(`^- \`${name}\`: ([\\s\\S]*?)(?=^- |\\n\\n)`, 'm').exec(text)?.[1] ?? ''
      const [fields = '', lines = ''] = item.split('; lines: ')
      for (const [part, { fields: known, required }] of [
        [fields, kind],
        [lines, kind.lines ?? { fields: {}, required: [] }],
      ] as const) {
        for (const field of Object.keys(known)) {
          const bold = part.includes(`**${field}**`)
          expect(bold || new RegExp(`\\b${field}\\b`).test(part), `${name}.${field}`).toBe(true)
          expect(bold, `${name}.${field}`).toBe(required.includes(field))
        }
      }
    }
  })

  test('every option is named', () => {
    for (const [option] of usage.matchAll(/--[a-z-]+/g)) expect(text).toContain(`\`${option}`)
  })
})
