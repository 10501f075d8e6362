import { expect, test } from 'vitest'
import { changeFields } from './change-fields.ts'

test('fields that differ are told with what they were and are', () => {
  const before = JSON.stringify({ name: 'Tea', time_zone: 'UTC', origins: [] })
  const after = JSON.stringify({ name: 'Tea', time_zone: 'Asia/Tokyo', origins: ['https://a'] })
  expect(changeFields(before, after)).toEqual([
    { field: 'time_zone', before: 'UTC', after: 'Asia/Tokyo', secret: false },
    { field: 'origins', before: [], after: ['https://a'], secret: false },
  ])
  expect(changeFields('', '{"name":"Tea"}')).toEqual([
    { field: 'name', before: undefined, after: 'Tea', secret: false },
  ])
  expect(changeFields('{"name":"Tea"}', '')).toEqual([
    { field: 'name', before: 'Tea', after: undefined, secret: false },
  ])
})

test('of what is secret it is told that it is another, and never what', () => {
  const names = ['hash', 'password_hash', 'environment_password_hash', 'token_hash', 'public_key', 'signing_secret']
  const of = (value: string) => JSON.stringify(Object.fromEntries(names.map((name) => [name, value])))
  const told = changeFields(of('first'), of('second'))
  expect(told.map(({ field, secret }) => [field, secret])).toEqual(names.map((name) => [name, true]))
  expect(JSON.stringify(told)).not.toMatch(/first|second/)
  expect(JSON.stringify(changeFields('', '{"contact":{"url":"u","token":"t-1"}}'))).not.toContain('t-1')
})
