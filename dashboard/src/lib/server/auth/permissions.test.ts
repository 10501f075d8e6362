import { expect, test } from 'vitest'
import type { Asker } from './asker.ts'
import { allowedIn, may, roleIn } from './permissions.ts'

const user = (roles: Extract<Asker, { kind: 'user' }>['roles']): Asker => ({
  ...{ kind: 'user', id: 'ann', email: 'ann@example.com', name: 'Ann' },
  roles,
})

test('a role for a store goes before the role for every store', () => {
  const ann = user({ '*': 'analyst', outlet: 'viewer', tea: 'owner' })
  expect(['main', 'outlet', 'tea', ''].map((place) => roleIn(ann, place))).toEqual([
    ...['analyst', 'viewer', 'owner', 'analyst'],
  ])
  expect([may(ann, 'see_keys', 'main'), may(ann, 'see_keys', 'outlet')]).toEqual([true, false])
})

test('who owns every store owns each, whatever is given for one', () => {
  const ann = user({ '*': 'owner', outlet: 'viewer' })
  expect([roleIn(ann, 'outlet'), may(ann, 'change_users', 'outlet')]).toEqual(['owner', true])
})

test('a role in one store is none in another, nor in the instance', () => {
  const bob = user({ main: 'owner' })
  expect([may(bob, 'change_store', 'main'), may(bob, 'change_store', 'other'), may(bob, 'change_users', '')]).toEqual([
    ...[true, false, false],
  ])
})

test('a viewer changes nothing, an operator plans but sees no keys, an analyst sees them', () => {
  const allowed = (role: 'viewer' | 'operator' | 'analyst') =>
    Object.entries(allowedIn(user({ main: role }), 'main')).flatMap(([name, is]) => (is ? [name] : []))
  expect(allowed('viewer')).toEqual([])
  expect(allowed('operator')).toEqual([
    'annotate',
    'plan',
    'save_funnels',
    'handle_incidents',
    'retry_jobs',
    'see_instance',
  ])
  expect(allowed('analyst')).toEqual([
    'annotate',
    'plan',
    'save_funnels',
    'handle_incidents',
    'change_rules',
    'change_contact_points',
    'retry_jobs',
    'see_keys',
    'see_audit',
    'see_instance',
  ])
})

test('a key has no role', () => {
  expect(may({ kind: 'key', name: 'k', store_id: '*', scope: 'read' }, 'annotate', 'main')).toBe(false)
})
