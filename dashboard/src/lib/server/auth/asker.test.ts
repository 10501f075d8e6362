import { expect, test } from 'vitest'
import { type Asker, mayRead } from './asker.ts'

test('somebody reads the stores that their roles name, and no store that is called like a part of every object', () => {
  const analyst: Asker = { kind: 'user', id: 'a', email: 'a@example.com', name: '', roles: { main: 'analyst' } }
  expect(['main', 'other', 'constructor', 'toString', '__proto__'].filter((id) => mayRead(analyst, id))).toEqual([
    'main',
  ])
  const owner: Asker = { ...analyst, roles: { '*': 'owner' } }
  expect(mayRead(owner, 'other')).toBe(true)
})
