import { sealAddress } from '@guanlan/warehouse/alerts/address'
import { writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testContactPoint } from '../../queues.ts'
import { end, type JobsProcess, startJobs, until } from '../../testing.ts'
import { fallen } from './testing.ts'
import { startReceiver } from './testing-receiver.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let opened: Awaited<ReturnType<typeof openTestWarehouse>>
const running: JobsProcess[] = []
beforeAll(async () => {
  ;[server, opened] = await Promise.all([startRedis(), openTestWarehouse()])
})
afterAll(async () => {
  await Promise.all(running.map(({ child }) => end(child, 'SIGKILL')))
  await opened.close()
  await server.stop()
})

const start = async () => {
  const env = { SECRET_KEY: 'key', ALERT_ALLOW_HOSTS: '127.0.0.1', DASHBOARD_URL: 'https://guanlan.shop.cn' }
  const jobs = await startJobs({ REDIS_URL: server.url, CLICKHOUSE_URL: opened.url, ...env })
  running.push(jobs)
  return jobs
}

test('a process that is killed before it hears the answer is followed by one that tells it again under the same key', async () => {
  const world = { warehouse: opened.warehouse, redis: server.redis }
  const value = { name: '小店', time_zone: 'Asia/Shanghai', currency: 'CNY', trusts_sender_sessions: false }
  await makeStore(world, { store_id: 'main', value, actor: 'test' })
  let hangs = true
  const got = await startReceiver(async () => {
    if (hangs) await new Promise(() => {})
    return { status: 200 }
  })
  const sealed = sealAddress('webhook', { url: got.url, secret: 's' }, 'key')
  await writeSetting(world, {
    ...{ store_id: 'main', kind: 'contact_point', id: 'hook', read_version: 0, actor: 'test' },
    value: {
      name: 'hook',
      type: 'webhook',
      sealed,
      hint: '',
      mention: [],
      is_default: true,
      language: 'en',
      enabled: true,
    },
  })
  // A rule that is never judged here: the watch of the same process ends what has none.
  await writeSetting(world, {
    ...{ store_id: 'main', kind: 'rule', id: fallen.rule.id, read_version: 0, actor: 'test' },
    value: {
      ...{ name: fallen.rule.name, metric: 'visitors', grain: 'day', least: 0, filters: [], severity: 'critical' },
      ...{ condition: { type: 'threshold', is: 'below', value: 0, for_points: 60 } },
      ...{ notify: [], owner: '', enabled: true },
    },
  })
  const first = await start()
  const write = {
    store_id: 'main',
    incident_id: 'i1',
    actor: 'rules',
    notify: ['hook'],
    read_version: 0,
    at: new Date(),
  }
  await writeIncident(world, { ...write, transition: 'opened', value: fallen })
  // Nobody wakes the delivery: its wake-up was lost.
  await until('it is sent', async () => got.received.length === 1)
  await end(first.child, 'SIGKILL')
  hangs = false
  const second = await start()
  await until('it is sent again', async () => got.received.length === 2, { withinMs: 150_000 })
  expect(new Set(got.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(got.received[1]?.json).toMatchObject({
    links: { incident: 'https://guanlan.shop.cn/stores/main/incidents/i1' },
  })
  const metrics = async () => (await fetch(`${second.url}/metrics`)).text()
  await until('it is noted', async () => (await metrics()).includes('guanlan_notifications_waiting{store_id="main"} 0'))
  expect(await metrics()).toContain('guanlan_deliveries_total{type="webhook",outcome="sent"} 1')
  expect(await testContactPoint(server.redis, { store_id: 'main', contact_point_id: 'hook' })).toMatchObject({
    ok: true,
  })
  expect(got.received[2]?.json).toMatchObject({ type: 'test', store_id: 'main' })
  expect(await end(second.child, 'SIGTERM')).toBe(0)
  got.stop()
}, 240_000)
