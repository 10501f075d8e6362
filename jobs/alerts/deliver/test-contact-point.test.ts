import { sealAddress } from '@guanlan/warehouse/alerts/address'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createMetrics } from '../../metrics.ts'
import { testContactPoint } from '../../queues.ts'
import { startWorker } from '../../start-worker.ts'
import { createTestContactPoint } from './test-contact-point.ts'
import { deliveryHere } from './testing-delivery.ts'
import { contents, openShops } from './testing-shops.ts'

// Each statement is on disk before the next: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 })

let shops: Awaited<ReturnType<typeof openShops>>
beforeAll(async () => {
  shops = await openShops()
})
afterAll(() => shops.close())

test('a test of a contact point, saved or about to be, is answered through its queue', async () => {
  const store_id = await shops.shop()
  const got = await shops.receiver(({ path }) => ({
    body: { errcode: path.includes('good') ? 0 : 93000, errmsg: 'invalid webhook url' },
  }))
  await shops.contactPoint(store_id, { id: 'group', type: 'wecom', url: `${got.url}/send?key=good-secret` })
  const metrics = createMetrics()
  const handler = createTestContactPoint(deliveryHere(shops.redis, { metrics }))
  const worker = startWorker('test-contact-point', handler, shops.world(), {
    metrics,
    concurrency: 1,
    onCrash: () => {},
  })
  const good = await testContactPoint(shops.redis, { store_id, contact_point_id: 'group' })
  expect(good).toMatchObject({ ok: true, error: '', answer: expect.stringContaining('"errcode":0') })
  expect(contents(got.received)[0]).toContain('小店 的告警会发到 群 group。')
  const [saved] = await readSettings(shops.warehouse, 'contact_point', { store_id, id: 'group' })
  const sealed = sealAddress('wecom', { url: `${got.url}/send?key=bad-secret` }, 'key')
  const value = saved && { ...saved.value, sealed }
  const bad = await testContactPoint(shops.redis, { store_id, contact_point_id: 'new', value })
  expect(bad).toMatchObject({ ok: false, error: '93000: invalid webhook url' })
  expect(await testContactPoint(shops.redis, { store_id, contact_point_id: 'nobody' })).toMatchObject({
    ...{ ok: false, error: 'The contact point is not there any more.' },
  })
  expect(await shops.attempts(store_id)).toMatchObject([
    { contact_point_id: 'group', idempotency_key: '', transition: 'test', ok: true },
    { contact_point_id: 'new', transition: 'test', ok: false },
  ])
  const told = await metrics.registry.metrics()
  expect(told).toContain('guanlan_deliveries_total{type="wecom",outcome="sent"} 1')
  expect(told).toContain('guanlan_deliveries_total{type="wecom",outcome="never"} 1')
  await worker.close()
})
