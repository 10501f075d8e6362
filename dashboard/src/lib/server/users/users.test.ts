import { setTimeout as sleep } from 'node:timers/promises'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { insertStore } from '../../../../testing/insert-facts.ts'
import { formOf, openSettings } from '../../../../testing/open-settings.ts'
import type { Asker } from '../auth/asker.ts'
import { askerOfSession } from '../auth/asker.ts'
import { startSession } from '../auth/session.ts'
import { allUsers, credentialOf } from '../auth/users.ts'
import { connections } from '../connections.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changeRoles, removeUser } from './change-user.ts'
import { findInvitation } from './find-invitation.ts'
import { invite, inviteAgain } from './invite.ts'
import { listInvitations, listResets, listUsers } from './list-users.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { changePassword } from './own-account.ts'
import { cancelReset, resetLink } from './reset-link.ts'

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
const outcomeOf = async (token: string) => (await findInvitation(token, '192.0.2.1')).outcome
const linkFor = async (asker: Asker, id: string) => tokenOf(await resetLink(asker, 'tea', await formOf({ id })))
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

test('a password link opens nothing once its user was given a role, or was removed and invited again', async () => {
  await world.user('sam@x', { tea: 'viewer' })
  const small = await linkFor(ted, 'sam@x')
  const found = await open(small)
  // Ted, who could reset a viewer of tea, must not become an owner of rice.
  expect(await invite(ann, 'rice', await formOf({ email: 'sam@x', role: 'owner' }))).toEqual({ given: 'sam@x' })
  expect(await outcomeOf(small)).toBe('wrong')
  expect(await acceptInvitation(found, await formOf(chosen))).toEqual({ message: '这个链接已经用过或已失效。' })
  const before = await linkFor(ann, 'sam@x')
  await changeRoles(ann, 'rice', await formOf({ id: 'sam@x', read_version: 2, here: 'viewer' }))
  expect(await outcomeOf(before)).toBe('wrong')

  const last = await linkFor(ann, 'sam@x')
  await removeUser(ann, 'tea', await formOf({ id: 'sam@x', read_version: 3 }))
  const token = tokenOf(await invite(ann, 'tea', await formOf({ email: 'sam@x', role: 'owner', everywhere: 'on' })))
  await acceptInvitation(await open(token), await formOf(chosen))
  expect(await rolesOf('sam@x')).toEqual({ '*': 'owner' })
  expect(await outcomeOf(last)).toBe('wrong')
  await removeUser(ann, 'tea', await formOf({ id: 'sam@x', read_version: 5 }))
})

test('a password link whose user changed in the same moment, and is not ended, changes no password', async () => {
  await world.user('mia@x', { tea: 'viewer' })
  const token = await linkFor(ted, 'mia@x')
  const found = await open(token)
  const [mia] = await readSettings(world.warehouse, 'user', { id: 'mia@x' })
  if (!mia) throw new Error('mia is not there')
  const value = { ...mia.value, roles: { '*': 'owner' as const } }
  const document = { store_id: '', kind: 'user', id: 'mia@x', actor: 'ann@x' } as const
  await writeSetting(world, { ...document, read_version: 1, value })
  expect(await outcomeOf(token)).toBe('wrong')
  expect(await acceptInvitation(found, await formOf(chosen))).toEqual({ message: '有人正在修改，请再试一次。' })
  expect(await outcomeOf(token)).toBe('wrong')
  expect((await readSettings(world.warehouse, 'user', { id: 'mia@x' }))[0]?.value.password_hash).toBe(
    mia.value.password_hash,
  )
  await writeSetting(world, { ...document, read_version: 2, value: null })
})

test('who may reset a password sees the link that waits, and takes it back', async () => {
  await world.user('lea@x', { tea: 'viewer' })
  await world.user('kim@x', { tea: 'viewer', rice: 'viewer' })
  const [token, other] = [await linkFor(ted, 'lea@x'), await linkFor(ann, 'kim@x')]
  expect(await listResets(ted, 'tea')).toMatchObject([{ id: 'lea@x', made_by: 'ted@x', expired: false }])
  const [kims, leas] = await listResets(ann, 'tea')
  expect([kims?.id, leas?.id]).toEqual(['kim@x', 'lea@x'])
  const cancel = async (asker: Asker, id: string, read_version = 1) =>
    cancelReset(asker, 'tea', await formOf({ id, read_version }))
  await expect(cancel(ted, 'kim@x')).rejects.toMatchObject({ status: 403 })
  expect(await cancel(ted, 'lea@x', leas?.version)).toEqual({ version: 2 })
  expect([await outcomeOf(token), await outcomeOf(other)]).toEqual(['wrong', 'found'])
  const kim: Asker = { kind: 'user', id: 'kim@x', email: 'kim@x', name: '', roles: {} }
  await changePassword(kim, await formOf({ old: 'a good password', ...chosen }))
  expect(await outcomeOf(other)).toBe('wrong')
  expect(await readSettings(world.warehouse, 'invitation', { id: 'reset kim@x' })).toEqual([])
  for (const id of ['lea@x', 'kim@x']) {
    await removeUser(ann, 'tea', await formOf({ id, read_version: await versionOf(id) }))
  }
})

test('an invitation is not burnt when its user changes in the same moment, nor when they cannot be written', async () => {
  await world.user('joe@x', { rice: 'viewer' })
  const value = { purpose: 'invitation', email: 'joe@x', name: '', roles: { tea: 'viewer' } } as const
  // Invited before the account was made.
  const kept = { token_hash: 'c'.repeat(64), expires_at: '2099-01-01T00:00:00Z' }
  const document = { store_id: 'tea', kind: 'invitation', id: 'joes', actor: 'ted@x', read_version: 0 } as const
  await writeSetting(world, { ...document, value: { ...value, ...kept } })
  const [invitation] = await readSettings(world.warehouse, 'invitation', { id: 'joes' })
  const [user] = await readSettings(world.warehouse, 'user', { id: 'joe@x' })
  if (!invitation || !user) throw new Error('nobody is invited')
  const renamed = { store_id: '', kind: 'user', id: 'joe@x', read_version: 1, actor: 'joe@x' } as const
  await writeSetting(world, { ...renamed, value: { ...user.value, name: 'Joe' } })
  const joins = { outcome: 'found', invitation, user } as const
  tokenOf(await acceptInvitation(joins, await formOf({ password: 'a good password' })))
  expect(await rolesOf('joe@x')).toEqual({ rice: 'viewer', tea: 'viewer' })

  const token = tokenOf(await invite(ted, 'tea', await formOf({ email: 'new@x', role: 'viewer' })))
  const { warehouse } = connections()
  const insert = warehouse.insert.bind(warehouse)
  const failing = vi.spyOn(warehouse, 'insert').mockImplementation((wanted) => {
    if (JSON.stringify(wanted.values).includes('"kind":"user"')) throw new Error('the disk is full')
    return insert(wanted)
  })
  await expect(acceptInvitation(await open(token), await formOf(chosen))).rejects.toThrow('the disk is full')
  failing.mockRestore()
  const found = await open(token)
  await world.user('new@x', { rice: 'viewer' })
  expect(await acceptInvitation(found, await formOf(chosen))).toEqual({ message: '有人正在修改，请再试一次。' })
  expect((await open(token)).user?.value.roles).toEqual({ rice: 'viewer' })
  for (const id of ['joe@x', 'new@x']) {
    await removeUser(ann, 'tea', await formOf({ id, read_version: await versionOf(id) }))
  }
})

test('who owns every store gets no lesser role in one, and is not locked out by one they have', async () => {
  const lou = await world.user('lou@x', { '*': 'owner', tea: 'viewer' })
  expect((await listUsers(lou, 'tea')).some(({ id, changeable }) => id === 'lou@x' && changeable)).toBe(true)
  const form = { id: 'lou@x', read_version: 1, here: 'analyst', everywhere: 'owner' }
  expect(await changeRoles(lou, 'tea', await formOf(form))).toHaveProperty('fields.here')
  expect(await changeRoles(lou, 'tea', await formOf({ ...form, here: '' }))).toEqual({ version: 2 })
  await removeUser(ann, 'tea', await formOf({ id: 'lou@x', read_version: 2 }))
})

test('users are looked at again when the lock ran out meanwhile, and a write that takes long keeps it', async () => {
  const looks: number[] = []
  const did = await oneAtATime(async () => {
    looks.push(looks.length)
    if (looks.length === 1) {
      await world.redis.del('lock:users')
      await oneAtATime(async () => async () => 'another')
    }
    return async () => {
      await world.redis.pexpire('lock:users', 3000)
      await sleep(4000)
      return await world.redis.exists('lock:users')
    }
  })
  expect([looks, did]).toEqual([[0, 1], 1])
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
