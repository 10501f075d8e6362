import { expect, test } from 'vitest'
import type { Asker } from '../auth/asker.ts'
import { anOwnerIsLeft, mayChangeRole, mayResetPassword, type Roles, withRole } from './rules.ts'

const user = (roles: Roles): Asker => ({ kind: 'user', id: 'ann', email: 'ann@x', name: '', roles })
const ofInstance = user({ '*': 'owner' })
const ofTea = user({ tea: 'owner' })

test('the owner of a store gives roles in it and nowhere else', () => {
  const places = ['tea', 'rice', '*']
  expect(places.map((place) => mayChangeRole(ofTea, {}, place))).toEqual([true, false, false])
  expect(places.map((place) => mayChangeRole(ofInstance, {}, place))).toEqual([true, true, true])
  expect(places.map((place) => mayChangeRole(user({ '*': 'analyst' }), {}, place))).toEqual([false, false, false])
})

test('the owner of a store cannot shut out somebody whose role is for every store', () => {
  expect(mayChangeRole(ofTea, { '*': 'owner' }, 'tea')).toBe(false)
  expect(mayChangeRole(ofTea, { '*': 'viewer', tea: 'operator' }, 'tea')).toBe(false)
  expect(mayChangeRole(ofTea, { rice: 'owner' }, 'tea')).toBe(true)
})

test('a password is reset only by who could give every role that it opens', () => {
  const of: Roles[] = [{ tea: 'viewer' }, { tea: 'owner', rice: 'viewer' }, { '*': 'viewer' }, {}]
  expect(of.map((roles) => mayResetPassword(ofTea, roles))).toEqual([true, false, false, false])
  expect(of.map((roles) => mayResetPassword(ofInstance, roles))).toEqual([true, true, true, true])
  expect(mayResetPassword({ kind: 'key', name: 'k', store_id: '*', scope: 'server' }, { tea: 'viewer' })).toBe(false)
})

test('the last owner of the instance cannot go or become less; one of a store alone is none', () => {
  const users = [
    { id: 'ann', roles: { '*': 'owner' } satisfies Roles },
    { id: 'bob', roles: { tea: 'owner', '*': 'analyst' } satisfies Roles },
  ]
  expect(anOwnerIsLeft(users, 'ann', null)).toBe(false)
  expect(anOwnerIsLeft(users, 'ann', { '*': 'analyst' })).toBe(false)
  expect(anOwnerIsLeft(users, 'bob', null)).toBe(true)
  expect(anOwnerIsLeft([{ id: 'bob', roles: { tea: 'owner' } }], 'bob', null)).toBe(true)
  expect(anOwnerIsLeft([...users, { id: 'eve', roles: { '*': 'owner' } }], 'ann', null)).toBe(true)
})

test('a role is given, changed and taken', () => {
  expect(withRole({ tea: 'viewer' }, 'rice', 'owner')).toEqual({ tea: 'viewer', rice: 'owner' })
  expect(withRole({ tea: 'viewer' }, 'tea', 'owner')).toEqual({ tea: 'owner' })
  expect(withRole({ tea: 'viewer' }, 'tea', undefined)).toEqual({})
})
