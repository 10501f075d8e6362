import { readSettings } from '@guanlan/warehouse/settings/read'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertStore } from '../../../../testing/insert-facts.ts'
import { formOf, openSettings } from '../../../../testing/open-settings.ts'
import type { Asker } from '../auth/asker.ts'
import { askerOfSession } from '../auth/asker.ts'
import { startSession } from '../auth/session.ts'
import { allUsers, credentialOf } from '../auth/users.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changeRoles, removeUser, resetLink } from './change-user.ts'
import { findInvitation } from './find-invitation.ts'
import { invite, inviteAgain } from './invite.ts'
import { listInvitations, listUsers } from './list-users.ts'
import { changePassword } from './own-account.ts'

let world: Awaited<ReturnType<typeof openSettings>>
let ann: Asker
let ted: Asker
beforeAll(async () => {
  world = await openSettings()
  await insertStore(world, 'tea')
  await insertStore(world, 'rice')
  ann = await world.user('ann@x', { '*': 'owner' })
  ted = await world.user('ted@x', { tea: 'owner' })
})
afterAll(() => world.stop())

const password = 'a better password'
const chosen = { password, again: password }
const rolesOf = async (id: string) => (await readSettings(world.warehouse, 'user', { id }))[0]?.value.roles
const versionOf = async (id: string) => (await readSettings(world.warehouse, 'user', { id }))[0]?.version ?? 0
const open = async (token: string, address = '192.0.2.1') => {
  const found = await findInvitation(token, address)
  if (found.outcome !== 'found') throw new Error(found.outcome)
  return found
}
const tokenOf = (told: object): string => {
  if (!('token' in told)) throw new Error(JSON.stringify(told))
  return String(told.token)
}

test('somebody is invited, chooses a password, and the link is used once', async () => {
  const form = await formOf({ email: 'Bob@x', name: 'Bob', role: 'operator' })
  const token = tokenOf(await invite(ted, 'tea', form))
  expect(await listInvitations(ted, 'tea')).toMatchObject([{ email: 'Bob@x', role: 'operator', invited_by: 'ted@x' }])
  const kept = JSON.stringify(await readSettings(world.warehouse, 'invitation'))
  expect(kept).not.toContain(token)
  const found = await open(token)
  expect(await acceptInvitation(found, await formOf({ password: 'short', again: 'short' }))).toEqual({
    fields: { password: '至少 10 个字符。' },
  })
  const session = tokenOf(await acceptInvitation(found, await formOf({ name: 'Bobby', ...chosen })))
  expect(await askerOfSession(world, session)).toMatchObject({ id: 'bob@x', name: 'Bobby', roles: { tea: 'operator' } })
  expect(await findInvitation(token, '192.0.2.1')).toEqual({ outcome: 'wrong' })
  expect(await acceptInvitation(found, await formOf(chosen))).toEqual({ message: '这个链接已经用过或已失效。' })
})

test('an invitation made anew ends the link before, and one that is too old opens nothing', async () => {
  const first = tokenOf(await invite(ted, 'tea', await formOf({ email: 'eve@x', role: 'viewer' })))
  const [row] = (await listInvitations(ted, 'tea')).filter(({ email }) => email === 'eve@x')
  const again = await formOf({ id: row?.id ?? '', read_version: row?.version ?? 0 })
  const second = tokenOf(await inviteAgain(ted, 'tea', again))
  expect((await findInvitation(first, '192.0.2.1')).outcome).toBe('wrong')
  expect((await findInvitation(second, '192.0.2.1')).outcome).toBe('found')
})

test('who has an account already is given the role at once, and keeps the others', async () => {
  await world.user('rita@x', { rice: 'viewer' })
  expect(await invite(ted, 'tea', await formOf({ email: 'RITA@x', role: 'analyst' }))).toEqual({ given: 'rita@x' })
  expect(await rolesOf('rita@x')).toEqual({ rice: 'viewer', tea: 'analyst' })
})

test('who invites gives no role beyond their own store', async () => {
  const form = { email: 'mallory@x', role: 'owner' }
  await expect(invite(ted, 'rice', await formOf(form))).rejects.toMatchObject({ status: 403 })
  await expect(invite(ted, 'tea', await formOf({ ...form, everywhere: 'on' }))).rejects.toMatchObject({ status: 403 })
  expect(await invite(ted, 'tea', await formOf({ email: 'ann@x', role: 'viewer' }))).toHaveProperty('fields.email')
  expect(await rolesOf('ann@x')).toEqual({ '*': 'owner' })
})

test('who tries links that open nothing is made to wait', async () => {
  const outcomes = []
  for (let time = 0; time < 32; time++) outcomes.push((await findInvitation(`wrong ${time}`, '198.51.100.7')).outcome)
  expect(outcomes.filter((outcome) => outcome === 'wait')).toHaveLength(2)
})

test('a role changes at once, and a session ends with the user', async () => {
  const vera = await world.user('vera@x', { tea: 'viewer' })
  const user = (await allUsers(world.warehouse)).find(({ id }) => id === 'vera@x')
  if (!user || vera.kind !== 'user') throw new Error('vera is not there')
  const session = await startSession(world.redis, { user_id: 'vera@x', credential: credentialOf(user) })
  const change = await formOf({ id: 'vera@x', read_version: 1, here: 'analyst' })
  expect(await changeRoles(ted, 'tea', change)).toEqual({ version: 2 })
  expect(await askerOfSession(world, session)).toMatchObject({ roles: { tea: 'analyst' } })
  const stale = await changeRoles(ted, 'tea', await formOf({ id: 'vera@x', read_version: 1, here: 'viewer' }))
  expect(stale).toMatchObject({ version: 2, message: expect.stringContaining('ted@x') })
  expect(await removeUser(ted, 'tea', await formOf({ id: 'vera@x', read_version: 2 }))).toEqual({ version: 3 })
  expect(await askerOfSession(world, session)).toBeUndefined()
})

test('of two owners who demote each other at one moment one stays', async () => {
  const zoe = await world.user('zoe@x', { '*': 'owner' })
  const demote = async (asker: Asker, id: string) =>
    changeRoles(asker, 'tea', await formOf({ id, read_version: await versionOf(id), everywhere: 'viewer', here: '' }))
  await Promise.all([demote(ann, 'zoe@x'), demote(zoe, 'ann@x')])
  const users = await readSettings(world.warehouse, 'user')
  expect(users.filter(({ value }) => value.roles['*'] === 'owner')).toHaveLength(1)
  const last = users.find(({ value }) => value.roles['*'] === 'owner')
  ann = { kind: 'user', id: last?.id ?? '', email: last?.id ?? '', name: '', roles: { '*': 'owner' } }
  const gone = await removeUser(ann, 'tea', await formOf({ id: last?.id ?? '', read_version: last?.version ?? 0 }))
  expect(gone).toEqual({ message: '至少要有一位负责全部店铺的负责人，请先指定另一位。' })
})

test('a password is reset by a link, for whom the asker could give every role', async () => {
  await expect(resetLink(ted, 'tea', await formOf({ id: 'rita@x' }))).rejects.toMatchObject({ status: 403 })
  const first = tokenOf(await resetLink(ann, 'tea', await formOf({ id: 'rita@x' })))
  const token = tokenOf(await resetLink(ann, 'tea', await formOf({ id: 'rita@x' })))
  expect((await findInvitation(first, '192.0.2.1')).outcome).toBe('wrong')
  const session = tokenOf(await acceptInvitation(await open(token), await formOf(chosen)))
  expect(await askerOfSession(world, session)).toMatchObject({
    id: 'rita@x',
    roles: { rice: 'viewer', tea: 'analyst' },
  })
})

test('one’s own password changes when the old one is known, and other sessions end', async () => {
  const rita: Asker = { kind: 'user', id: 'rita@x', email: 'rita@x', name: '', roles: {} }
  const user = (await allUsers(world.warehouse)).find(({ id }) => id === 'rita@x')
  if (!user) throw new Error('rita is not there')
  const other = await startSession(world.redis, { user_id: 'rita@x', credential: credentialOf(user) })
  const next = { password: 'the very newest', again: 'the very newest' }
  expect(await changePassword(rita, await formOf({ old: 'wrong', ...next }))).toEqual({
    fields: { old: '密码不正确。' },
  })
  const session = tokenOf(await changePassword(rita, await formOf({ old: password, ...next })))
  expect(await askerOfSession(world, other)).toBeUndefined()
  expect(await askerOfSession(world, session)).toMatchObject({ id: 'rita@x' })
})

test('the owner of a store sees who has a role in it, and nothing of their other stores', async () => {
  const rows = await listUsers(ted, 'tea')
  expect(rows.map(({ id }) => id)).toEqual(['ann@x', 'bob@x', 'rita@x', 'ted@x', 'zoe@x'])
  expect(rows.flatMap(({ elsewhere }) => elsewhere)).toEqual([])
  expect(rows.filter(({ changeable }) => changeable).map(({ id }) => id)).toEqual(['bob@x', 'rita@x', 'ted@x'])
  expect(JSON.stringify([rows, await listInvitations(ted, 'tea')])).not.toMatch(/hash|argon2/)
})
