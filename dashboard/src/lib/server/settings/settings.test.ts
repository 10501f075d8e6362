import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { insertOrders, insertStore } from '../../../../testing/insert-facts.ts'
import { formOf, openSettings } from '../../../../testing/open-settings.ts'
import { readAudit } from '../audit/read-audit.ts'
import type { Asker } from '../auth/asker.ts'
import { findKey } from '../auth/read-key.ts'
import { connections } from '../connections.ts'
import { readFunnel } from '../funnel/read-funnel.ts'
import { savedFunnels } from '../funnel/saved-funnels.ts'
import { allStores } from '../stores.ts'
import { documentActions } from './document-actions.ts'
import { makeKey, restoreKey, revokeKey, rotateKey } from './keys/key-actions.ts'
import { listKeys } from './keys/list-keys.ts'
import { readAnnotation } from './read-annotation.ts'
import { readCampaign } from './read-campaign.ts'
import { readTarget } from './read-target.ts'
import { createStore } from './store/create-store.ts'
import { endStore } from './store/end-store.ts'
import { saveStore } from './store/save-store.ts'

let world: Awaited<ReturnType<typeof openSettings>>
let ann: Asker
let ted: Asker
let vic: Asker
beforeAll(async () => {
  world = await openSettings()
  await insertStore(world, 'tea', { name: '茶' })
  await insertStore(world, 'rice')
  ann = await world.user('ann@x', { '*': 'owner' })
  ted = await world.user('ted@x', { tea: 'owner' })
  vic = await world.user('vic@x', { tea: 'viewer' })
  const at = '2026-11-01 02:00:00.000'
  await insertOrders(world.warehouse, 'tea', [['c1', 'direct', at, '100', true]])
})
afterAll(() => world.stop())

const tea = { store_id: 'tea', name: '茶', time_zone: 'Asia/Shanghai', currency: 'CNY' }
const event = async (asker: Asker, fields: Record<string, string | number>, store_id = 'tea') => ({
  request: new Request('http://x/', {
    method: 'POST',
    body: new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])),
  }),
  params: { store_id },
  locals: { asker, theme: 'system' as const },
})
const refused = { status: 403 }

test('a store takes another name; its zone only once it is confirmed, its currency never once there are amounts', async () => {
  const wanted = { name: '好茶', time_zone: 'Asia/Shanghai', currency: 'CNY', read_version: 1 }
  expect(await saveStore(ted, 'tea', await formOf(wanted))).toEqual({ version: 2 })
  const elsewhere = { ...wanted, time_zone: 'Asia/Tokyo', read_version: 2 }
  expect(await saveStore(ted, 'tea', await formOf(elsewhere))).toEqual({ confirm: ['time_zone'] })
  expect(await saveStore(ted, 'tea', await formOf({ ...elsewhere, confirmed: 'on' }))).toEqual({ version: 3 })
  expect(await saveStore(ted, 'tea', await formOf({ ...elsewhere, currency: 'usd', read_version: 3 }))).toMatchObject({
    fields: { currency: expect.stringContaining('CNY') },
  })
  expect(await saveStore(ann, 'rice', await formOf({ ...wanted, name: 'rice', currency: 'usd' }))).toEqual({
    version: 2,
  })
  expect(await saveStore(ted, 'tea', await formOf({ ...wanted, time_zone: 'Mars', currency: 'QQQ' }))).toEqual({
    fields: { time_zone: '没有这个时区，请从列表中选择。', currency: '没有这个币种，请填写 ISO 4217 代码，如 CNY。' },
  })
})

test('who saw an older version is told who changed it, and may then write over it', async () => {
  const wanted = { name: '新茶', time_zone: 'Asia/Tokyo', currency: 'CNY' }
  const answer = await saveStore(ann, 'tea', await formOf({ ...wanted, read_version: 1 }))
  expect(answer).toEqual({ version: 3, message: expect.stringContaining('ted@x') })
  expect(await saveStore(ann, 'tea', await formOf({ ...wanted, read_version: 3 }))).toEqual({ version: 4 })
})

test('a viewer, the owner of another store and nobody change nothing', async () => {
  const form = await formOf({ name: 'x', time_zone: 'UTC', currency: 'CNY' })
  await expect(saveStore(vic, 'tea', form)).rejects.toMatchObject(refused)
  await expect(saveStore(ted, 'rice', form)).rejects.toMatchObject(refused)
  await expect(saveStore(undefined, 'tea', form)).rejects.toMatchObject(refused)
  await expect(createStore(ted, form)).rejects.toMatchObject(refused)
  await expect(endStore(ted, 'tea', form)).rejects.toMatchObject(refused)
  await expect(makeKey(ted, 'rice', form)).rejects.toMatchObject(refused)
  await expect(makeKey(vic, 'tea', form)).rejects.toMatchObject(refused)
  const { save } = documentActions('annotation', 'annotate', readAnnotation)
  await expect(save(await event(vic, { when: 'now', type: 'note', text: 'x' }))).rejects.toMatchObject(refused)
  await expect(save(await event(ted, { when: 'now', type: 'note', text: 'x' }, 'rice'))).rejects.toMatchObject({
    status: 404,
  })
})

test('a key is told once, opens what it should, is replaced, revoked and put back', async () => {
  const { env } = connections()
  const made = await makeKey(ted, 'tea', await formOf({ name: '报表', scope: 'read' }))
  if (!('secret' in made)) throw new Error('no key was made')
  const find = (secret: string) => findKey(world.warehouse, secret, undefined)
  expect(await find(made.secret)).toEqual({ name: '报表', store_id: 'tea', scope: 'read' })
  const [row] = await listKeys(world, { store_id: 'tea', instance: false, env })
  expect(row).toMatchObject({ name: '报表', made_by: 'ted@x', last_four: made.secret.slice(-4), public_key: null })
  const kept = JSON.stringify(await readSettings(world.warehouse, 'key'))
  expect(kept).not.toContain(made.secret)

  const rotated = await rotateKey(ted, 'tea', await formOf({ id: row?.id ?? '', read_version: 1, overlap: 'hour' }))
  if (!('secret' in rotated)) throw new Error('no key was made')
  expect([(await find(made.secret))?.store_id, (await find(rotated.secret))?.store_id]).toEqual(['tea', 'tea'])
  const old = (await readSettings(world.warehouse, 'key', { id: row?.id ?? '' }))[0]
  const left = Date.parse(old?.value.expires_at ?? '') - Date.now()
  expect([left > 59 * 60_000, left <= 60 * 60_000]).toEqual([true, true])

  expect(await revokeKey(ted, 'tea', await formOf({ id: row?.id ?? '', read_version: 2 }))).toEqual({ version: 3 })
  expect(await find(made.secret)).toBeUndefined()
  expect(await restoreKey(ted, 'tea', await formOf({ id: row?.id ?? '', read_version: 3 }))).toEqual({ version: 4 })
  expect(await find(made.secret)).toMatchObject({ store_id: 'tea' })
})

test('a key that was rotated ends no later than before, one that has ended is not rotated, a change meanwhile is told', async () => {
  const found = async (id: string) => (await readSettings(world.warehouse, 'key', { id }))[0]
  const change = async (id: string, expires_at: string) => {
    const key = await found(id)
    if (!key) throw new Error('there is no key')
    const document = { store_id: 'tea', kind: 'key', id, read_version: key.version, actor: 'test' } as const
    await writeSetting(world, { ...document, value: { ...key.value, expires_at } })
  }
  await makeKey(ted, 'tea', await formOf({ name: 'ending', scope: 'server' }))
  const id = (await readSettings(world.warehouse, 'key')).find(({ value }) => value.name === 'ending')?.id ?? ''
  const soon = new Date(Date.now() + 60_000).toISOString()
  await change(id, soon)
  const rotate = async (read_version: number, overlap: string) =>
    rotateKey(ted, 'tea', await formOf({ id, read_version, overlap }))
  expect(await rotate(2, 'week')).toHaveProperty('secret')
  expect(await rotate(2, '')).toHaveProperty('secret')
  expect((await found(id))?.value.expires_at).toBe(soon)
  await change(id, new Date(Date.now() + 7 * 86_400_000).toISOString())
  const keys = (await readSettings(world.warehouse, 'key')).length
  expect(await rotate(2, 'hour')).toEqual({ version: 3, message: expect.stringContaining('test') })
  await change(id, '2026-01-01T00:00:00.000Z')
  expect(await rotate(4, 'hour')).toEqual({ message: '这把密钥已经失效，请新建一把。' })
  expect(await readSettings(world.warehouse, 'key')).toHaveLength(keys)
  expect((await found(id))?.value.expires_at).toBe('2026-01-01T00:00:00.000Z')
})

test('a write key is kept whole, with its origins; what is no origin is told', async () => {
  const form = { name: '网店', scope: 'write', origins: 'shop.example.com' }
  const made = await makeKey(ted, 'tea', await formOf(form))
  if (!('secret' in made)) throw new Error('no key was made')
  const rows = await listKeys(world, { store_id: 'tea', instance: false, env: connections().env })
  expect(rows.find(({ name }) => name === '网店')).toMatchObject({
    public_key: made.secret,
    origins: ['https://shop.example.com'],
  })
  expect(await makeKey(ted, 'tea', await formOf({ ...form, origins: 'https://a/b' }))).toHaveProperty('fields.origins')
})

test('keys of the whole instance are made and seen by who owns it', async () => {
  const form = { name: 'all', scope: 'server', everywhere: 'on' }
  await expect(makeKey(ted, 'tea', await formOf(form))).rejects.toMatchObject(refused)
  expect(await makeKey(ann, 'tea', await formOf(form))).toHaveProperty('secret')
  const names = async (instance: boolean) =>
    (await listKeys(world, { store_id: 'rice', instance, env: connections().env })).map(({ name }) => name)
  expect(await names(true)).toEqual(['READ_KEY', 'all'])
  expect(await names(false)).toEqual([])
})

test('a campaign, a target for its days and an annotation are made, changed, deleted and put back', async () => {
  const campaigns = documentActions('campaign', 'plan', readCampaign)
  const double11 = {
    ...{ name: '双 11', type: 'promotion', starts_at: '2026-10-31T20:00', ends_at: '2026-11-12T00:00' },
    ...{ utm_campaigns: 'd11\nd11，presale', note: '' },
  }
  const made = await campaigns.save(await event(ted, double11))
  if (!('id' in made)) throw new Error(JSON.stringify(made))
  const id = String(made.id)
  const [campaign] = await readSettings(world.warehouse, 'campaign', { store_id: 'tea' })
  // The store is in Tokyo by now.
  expect(campaign?.value).toMatchObject({
    ...{
      starts_at: '2026-10-31T20:00:00+09:00',
      ends_at: '2026-11-12T00:00:00+09:00',
      utm_campaigns: ['d11', 'presale'],
    },
  })
  const targets = documentActions('target', 'plan', readTarget)
  await targets.save(await event(ted, { metric: 'paid_gmv', span: 'campaign', campaign: id, value: '1,200,000' }))
  const [target] = await readSettings(world.warehouse, 'target', { store_id: 'tea' })
  expect(target?.value).toEqual({ metric: 'paid_gmv', value: 1_200_000, from: '2026-10-31', to: '2026-11-12' })
  expect(
    await targets.save(await event(ted, { metric: 'conversion_rate', span: 'month', month: '2026-13', value: '-1' })),
  ).toMatchObject({
    status: 400,
    data: {
      fields: {
        metric: '请检查这一项。',
        value: '请填写大于 0 的数字。',
        days: '请选择有效的日期，结束不能早于开始。',
      },
    },
  })
  expect(await campaigns.remove(await event(ted, { id, read_version: 1 }))).toEqual({ version: 2, id })
  expect(await readSettings(world.warehouse, 'campaign', { store_id: 'tea' })).toEqual([])
  expect(await campaigns.put_back(await event(ted, { id, read_version: 2 }))).toEqual({ version: 3, id })
  expect(await campaigns.put_back(await event(ted, { id, read_version: 2 }))).toMatchObject({ status: 409 })
  const annotations = documentActions('annotation', 'annotate', readAnnotation)
  expect(
    await annotations.save(await event(ted, { when: 'then', at: '2026-11-11T00:00', type: 'price', text: '' })),
  ).toMatchObject({
    data: { fields: { text: '不能为空。' } },
  })
})

test('the log says in words who changed what, and nothing that is secret', async () => {
  const all = { kind: null, actor: null, from: null, to: null }
  const rows = await readAudit(ann, tea, { filter: all, page: 0, size: 1000 })
  const zone = rows.find(({ kind, version }) => kind === '店铺' && version === 3)
  expect(zone).toMatchObject({ actor: 'ted@x', what: 'changed', name: '好茶' })
  expect(zone?.fields).toEqual([{ label: '时区', before: 'Asia/Shanghai', after: 'Asia/Tokyo' }])
  expect(rows.find(({ kind, name }) => kind === '用户' && name === 'vic@x')?.fields).toContainEqual({
    label: '角色',
    before: '–',
    after: 'tea: 只读',
  })
  const hashes = (await readSettings(world.warehouse, 'key')).map(({ value }) => value.hash)
  const told = JSON.stringify(rows)
  expect(told).not.toMatch(/argon2/)
  expect(hashes.filter((hash) => told.includes(hash))).toEqual([])
  const ofStore = await readAudit(ted, tea, { filter: { ...all, kind: 'user' }, page: 0, size: 1000 })
  expect(ofStore).toEqual([])
})

test('a store is made and, its name typed, removed with everything in it; the log remembers who did', async () => {
  const form = { name: '盐', store_id: 'salt', time_zone: 'UTC', currency: 'EUR' }
  expect(await createStore(ann, await formOf(form))).toEqual({ store_id: 'salt' })
  expect(await createStore(ann, await formOf(form))).toEqual({ fields: { store_id: '已经有这个编号的店铺。' } })
  expect(await createStore(ann, await formOf({ ...form, store_id: 'Sa lt' }))).toHaveProperty('fields.store_id')
  await insertOrders(world.warehouse, 'salt', [['c1', 'direct', '2026-11-01 02:00:00.000', '5', true]])
  expect(await endStore(ann, 'salt', await formOf({ name: 'salt' }))).toHaveProperty('fields.name')
  expect((await allStores(world.warehouse)).map(({ store_id }) => store_id)).toContain('salt')
  expect(await endStore(ann, 'salt', await formOf({ name: '盐' }))).toEqual({ removed: 'salt' })
  expect((await allStores(world.warehouse)).map(({ store_id }) => store_id)).not.toContain('salt')
  const query = `SELECT count() AS n FROM orders WHERE store_id = 'salt'`
  expect(await (await world.warehouse.query({ query, format: 'JSONEachRow' })).json()).toEqual([{ n: 0 }])
  const salt = { ...tea, store_id: 'salt' }
  const filter = { kind: 'store', actor: null, from: null, to: null }
  const [last] = await readAudit(ann, salt, { filter, page: 0, size: 10 })
  expect(last).toMatchObject({ what: 'removed', actor: 'ann@x', name: '盐' })
})

test('a campaign that a record planned keeps the time of the record when a person changes it', async () => {
  const campaigns = documentActions('campaign', 'plan', readCampaign)
  const times = { starts_at: '2026-10-31T11:00:00Z', ends_at: '2026-11-11T15:00:00Z', utm_campaigns: [], note: '' }
  const value = { name: 'planned', type: 'promotion', ...times, updated_at: '2026-10-01T00:00:00.000Z' } as const
  const document = { store_id: 'tea', kind: 'campaign', id: 'planned', read_version: 0 } as const
  await writeSetting(world, { ...document, value, actor: 'server key' })
  const form = { name: 'by hand', type: 'promotion', starts_at: '2026-11-01T00:00', ends_at: '2026-11-12T00:00' }
  expect(await campaigns.save(await event(ted, { id: 'planned', read_version: 1, ...form }))).toHaveProperty(
    'version',
    2,
  )
  const [kept] = await readSettings(world.warehouse, 'campaign', { store_id: 'tea', id: 'planned' })
  expect(kept?.value).toMatchObject({ name: 'by hand', updated_at: '2026-10-01T00:00:00.000Z' })
})

test('a funnel gets its id here; who changed it meanwhile is told as people call them', async () => {
  const funnels = documentActions('funnel', 'save_funnels', readFunnel)
  const form = { name: '加购', search: 'step=view_item&step=add_to_cart' }
  const made = await funnels.save(await event(ted, form))
  if (!('id' in made)) throw new Error(JSON.stringify(made))
  const id = String(made.id)
  expect(made).toMatchObject({ version: 1 })
  expect(await savedFunnels(world.warehouse, 'tea')).toMatchObject([{ id, name: '加购', actor: 'ted@x' }])
  expect(await funnels.save(await event(ted, form))).toMatchObject({ data: { fields: { name: expect.any(String) } } })
  const one = await event(ted, { name: 'x', search: 'step=view_item' })
  expect(await funnels.save(one)).toMatchObject({ status: 400, data: { fields: { steps: expect.any(String) } } })
  const [stands] = await readSettings(world.warehouse, 'funnel', { id })
  if (!stands) throw new Error('there is no funnel')
  const document = { store_id: 'tea', kind: 'funnel', id, read_version: 1 } as const
  await writeSetting(world, { ...document, value: stands.value, actor: 'server key' })
  expect((await savedFunnels(world.warehouse, 'tea'))[0]?.actor).toBe('服务端密钥')
  expect(await funnels.save(await event(ted, { ...form, id, read_version: 1 }))).toMatchObject({
    status: 409,
    data: { version: 2, message: expect.stringContaining('服务端密钥') },
  })
  expect(await funnels.remove(await event(ted, { id, read_version: 2 }))).toEqual({ version: 3, id })
  expect(await funnels.put_back(await event(ted, { id, read_version: 3 }))).toEqual({ version: 4, id })
})

test('the demo store goes without its name being typed; a store that is only called so does not', async () => {
  await insertStore(world, 'demo', { name: '我的店' })
  expect(await endStore(ann, 'demo', await formOf({}))).toHaveProperty('fields.name')
  await mkdir(join(world.dataDir, 'demo'))
  await writeFile(join(world.dataDir, 'demo', 'state.json'), '{"phase":"live","store_id":"demo","share":1}')
  expect(await endStore(ann, 'demo', await formOf({}))).toEqual({ removed: 'demo' })
})

test('a store that has ended is told as removed, one that could not be ended is not', async () => {
  await insertStore(world, 'jade')
  const form = await formOf({ name: 'jade' })
  const { warehouse } = connections()
  const insert = warehouse.insert.bind(warehouse)
  const failAt = (kind: string) =>
    vi.spyOn(warehouse, 'insert').mockImplementation((wanted) => {
      if (JSON.stringify(wanted.values).includes(`"kind":"${kind}"`)) throw new Error('the disk is full')
      return insert(wanted)
    })
  const atStore = failAt('store')
  await expect(endStore(ann, 'jade', form)).rejects.toThrow('the disk is full')
  atStore.mockRestore()
  await makeKey(ann, 'jade', await formOf({ name: 'k', scope: 'read' }))
  const atKey = failAt('key')
  expect(await endStore(ann, 'jade', form)).toEqual({ removed: 'jade' })
  atKey.mockRestore()
})
