import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, openTestIngest, type TestIngest } from '../testing.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest()
})
afterAll(() => ingest.close())

const path = '/v1/records/campaigns?store_id=main'
const campaign = (campaign_id: string, more: object = {}) => ({
  campaign_id,
  name: '双十一',
  type: 'promotion',
  starts_at: '2026-11-11T00:00:00+08:00',
  ends_at: '2026-11-12T00:00:00+08:00',
  updated_at: '2026-10-01T00:00:00Z',
  ...more,
})
const send = async (...records: unknown[]) =>
  (await ingest.send(path, records, { key: keys.server })).json() as Promise<object>
const stands = async (id: string) => {
  const [found] = await readSettings(ingest.world.warehouse, 'campaign', { store_id: 'main', id })
  return found && { version: found.version, actor: found.actor, ...found.value }
}

test('a campaign becomes a setting of its store, with its times as instants', async () => {
  expect(await send(campaign('d11', { utm_campaigns: ['promo-11'], note: '两天' }))).toEqual({
    accepted: 1,
    rejected: [],
  })
  expect(await stands('d11')).toEqual({
    version: 1,
    actor: 'server key',
    name: '双十一',
    type: 'promotion',
    starts_at: '2026-11-10T16:00:00.000Z',
    ends_at: '2026-11-11T16:00:00.000Z',
    utm_campaigns: ['promo-11'],
    note: '两天',
    updated_at: '2026-10-01T00:00:00.000Z',
  })
})

test('a newer one replaces it; the same one and an older one are accepted and change nothing', async () => {
  await send(campaign('newer'))
  await send(campaign('newer', { name: 'second', updated_at: '2026-10-02T00:00:00Z' }))
  const answer = await send(
    campaign('newer', { name: 'second', updated_at: '2026-10-02T00:00:00Z' }),
    campaign('newer', { name: 'late', updated_at: '2026-09-30T00:00:00Z' }),
  )
  expect(answer).toEqual({ accepted: 2, rejected: [] })
  expect(await stands('newer')).toMatchObject({ version: 2, name: 'second' })
})

test('a campaign that a person made is replaced by a record of the same id', async () => {
  const { updated_at: _, campaign_id: id, ...value } = campaign('by-hand')
  const document = { kind: 'campaign', store_id: 'main', id, read_version: 0, actor: 'ann' } as const
  const setting = { ...value, type: 'promotion' as const, utm_campaigns: [], note: '' }
  await writeSetting(ingest.world, { ...document, value: setting })
  await send(campaign('by-hand', { name: 'by the plan' }))
  expect(await stands('by-hand')).toMatchObject({ version: 2, actor: 'server key', name: 'by the plan' })
})

test('what a person changed or deleted since stays when the same record comes again, and goes when a newer one does', async () => {
  await send(campaign('kept'))
  const document = { kind: 'campaign', store_id: 'main', id: 'kept', actor: 'ann' } as const
  const [record] = await readSettings(ingest.world.warehouse, 'campaign', document)
  if (!record) throw new Error('there is no campaign')
  // As forms once wrote it: without the time of the record.
  const { updated_at: _, ...value } = { ...record.value, name: 'by hand' }
  await writeSetting(ingest.world, { ...document, read_version: 1, value })
  expect(await send(campaign('kept'))).toEqual({ accepted: 1, rejected: [] })
  expect(await stands('kept')).toMatchObject({ version: 2, name: 'by hand' })
  await writeSetting(ingest.world, { ...document, read_version: 2, value: null })
  expect(await send(campaign('kept'))).toEqual({ accepted: 1, rejected: [] })
  expect(await stands('kept')).toBeUndefined()
  await send(campaign('kept', { name: 'planned anew', updated_at: '2026-10-03T00:00:00Z' }))
  expect(await stands('kept')).toMatchObject({ version: 4, name: 'planned anew' })
})

test('each campaign stands or falls alone, and what is refused is kept with its reason', async () => {
  const answer = await send(
    campaign('good', { colour: 'red' }),
    campaign('backwards', { ends_at: '2026-11-01T00:00:00+08:00' }),
    campaign('odd', { type: 'party' }),
    campaign('no-zone', { starts_at: '2026-11-11T00:00:00' }),
    campaign('tomorrow', { updated_at: '2099-01-01T00:00:00Z' }),
    'text',
  )
  expect(answer).toEqual({
    accepted: 1,
    rejected: [
      { index: 1, path: 'ends_at', message: 'must be after it starts' },
      { index: 2, path: 'type', message: 'must be one of promotion, presale, coupon, live, other' },
      { index: 3, path: 'starts_at', message: 'must be an instant with a zone, as in 2026-11-11T00:00:00+08:00' },
      { index: 4, path: 'updated_at', message: 'lies more than a day in the future' },
      { index: 5, path: '', message: 'must be an object' },
    ],
    warnings: [
      {
        index: 0,
        path: 'colour',
        message: 'is no field of campaigns and was left out, here and wherever it comes again',
      },
    ],
  })
  const [row] = await ingest.ask<{ n: number }>(`SELECT count() AS n FROM rejected_events WHERE kind = 'campaigns'`)
  expect(row?.n).toBe(5)
})

test('NDJSON is read as well', async () => {
  const body = `${JSON.stringify(campaign('line'))}\noops\n`
  const headers = { 'content-type': 'application/x-ndjson' }
  const answer = await ingest.send(path, body, { key: keys.server, headers })
  expect(await answer.json()).toEqual({ accepted: 1, rejected: [{ index: 1, path: '', message: 'is not JSON' }] })
})

const targetPath = '/v1/records/targets?store_id=main'
const target = (target_id: string, more: object = {}) => ({
  target_id,
  metric: 'paid_gmv',
  from: '2026-11-11',
  to: '2026-11-12',
  value: 500_000,
  updated_at: '2026-10-01T00:00:00Z',
  ...more,
})

test('a target becomes a setting of its store; what its setting does not allow names the field', async () => {
  const answer = await ingest.send(
    targetPath,
    [
      target('d11'),
      target('none', { metric: 'applause' }),
      target('backwards', { to: '2026-11-10' }),
      target('nothing', { value: 0 }),
    ],
    { key: keys.server },
  )
  expect(await answer.json()).toMatchObject({
    accepted: 1,
    rejected: [
      { index: 1, path: 'metric' },
      { index: 2, path: 'to', message: 'must be after the first day' },
      { index: 3, path: 'value' },
    ],
  })
  const [found] = await readSettings(ingest.world.warehouse, 'target', { store_id: 'main', id: 'd11' })
  expect(found?.value).toEqual({
    metric: 'paid_gmv',
    from: '2026-11-11',
    to: '2026-11-12',
    value: 500_000,
    updated_at: '2026-10-01T00:00:00.000Z',
  })
})

test('while Redis is away nothing is written, and the sender is told when to come again', async () => {
  ingest.world.redis.disconnect()
  const answer = await ingest.send(path, [campaign('away')], { key: keys.server })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(await stands('away')).toBeUndefined()
})
