import { sealAddress } from '@guanlan/warehouse/alerts/address'
import type { Incident, Transition } from '@guanlan/warehouse/alerts/incident'
import { writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { pino } from 'pino'
import type { World } from '../../world.ts'
import { createDeliver } from './deliver.ts'
import type { Delivery } from './delivery.ts'
import { fallen } from './testing.ts'
import { deliveryHere } from './testing-delivery.ts'
import { type Received, startReceiver } from './testing-receiver.ts'

interface Point {
  id: string
  type?: 'wecom' | 'webhook'
  url: string
  fallback?: string
}

/** Shops whose incidents are told to receivers on this machine, in a warehouse and a Redis of their own; for tests. */
export async function openShops() {
  const [server, opened] = await Promise.all([startRedis(), openTestWarehouse()])
  const lines: Record<string, unknown>[] = []
  const stops: (() => void)[] = []
  const versions = new Map<string, number>()
  let stores = 0

  const world = (warehouse: Warehouse = opened.warehouse): World => ({
    ...{ warehouse, redis: server.redis, signal: new AbortController().signal, wake: async () => {} },
    log: pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  })

  /** A store of its own, so that tests do not see each other's. */
  const shop = async () => {
    stores += 1
    const store_id = `shop${stores}`
    const value = { name: '小店', time_zone: 'Asia/Shanghai', currency: 'CNY', trusts_sender_sessions: false }
    await makeStore(world(), { store_id, value, actor: 'test' })
    return store_id
  }

  const contactPoint = async (store_id: string, { id, type = 'webhook', url, fallback }: Point) => {
    const [before] = await readSettings(opened.warehouse, 'contact_point', { store_id, id })
    const sealed = sealAddress(type, type === 'webhook' ? { url, secret: 'shh-secret' } : { url }, 'key')
    await writeSetting(world(), {
      ...{ store_id, kind: 'contact_point', id, read_version: before?.version ?? 0, actor: 'test' },
      value: {
        ...{ name: `群 ${id}`, type, sealed, hint: '', mention: [], is_default: true, language: 'zh', enabled: true },
        ...(fallback && { fallback }),
      },
    })
  }

  /** Writes the next version of an incident. */
  const tell = async (
    store_id: string,
    incident_id: string,
    transition: Transition,
    notify: string[],
    more: Partial<Incident> = {},
  ) => {
    const key = `${store_id}/${incident_id}`
    const read_version = versions.get(key) ?? 0
    const over = transition === 'resolved' ? { state: 'resolved' as const, resolved_at: new Date().toISOString() } : {}
    const write = { store_id, incident_id, read_version, transition, notify, actor: 'rules', at: new Date() }
    await writeIncident(world(), { ...write, value: { ...fallen, ...over, ...more } })
    versions.set(key, read_version + 1)
  }

  const receiver = async (...args: Parameters<typeof startReceiver>) => {
    const started = await startReceiver(...args)
    stops.push(started.stop)
    return started
  }

  const run = async (store_id: string, more: Partial<Delivery> = {}, warehouse?: Warehouse) =>
    (await createDeliver(deliveryHere(server.redis, more))(world(warehouse), { store_id })).did

  const rows = async (query: string, store_id: string) => {
    const answer = await opened.warehouse.query({ query, query_params: { store_id }, format: 'JSONEachRow' })
    return answer.json<Record<string, unknown>>()
  }
  const statuses = (store_id: string) =>
    rows(
      `SELECT incident_id, incident_version AS v, contact_point_id AS cp, status, reached, attempts
       FROM notifications FINAL WHERE store_id = {store_id:String} ORDER BY incident_id, v, cp`,
      store_id,
    )
  const attempts = (store_id: string) =>
    rows('SELECT * FROM notification_attempts WHERE store_id = {store_id:String} ORDER BY at', store_id)

  return {
    ...{ redis: server.redis, warehouse: opened.warehouse, lines, world, shop, contactPoint, tell, receiver, run },
    ...{ statuses, attempts },
    close: async () => {
      for (const stop of stops) stop()
      await opened.close()
      await server.stop()
    },
  }
}

/** A warehouse for a process that dies once a receiver has answered, before it can note that. */
export const dyingBeforeSent = (warehouse: Warehouse): Warehouse =>
  new Proxy(warehouse, {
    get: (target, name) => {
      if (name !== 'insert') return Reflect.get(target, name).bind(target)
      return (insert: { table: string; values: { status?: string }[] }) =>
        insert.values[0]?.status === 'sent' ? Promise.reject(new Error('killed')) : target.insert(insert as never)
    },
  })

/** So many seconds from now. */
export const later = (seconds: number): Partial<Delivery> => ({
  clock: () => new Date(Date.now() + seconds * 1000),
})

/** Of the cards among what WeCom got. */
export const contents = (received: readonly Received[]) =>
  received.flatMap(({ json }) => (json as { markdown?: { content: string } }).markdown?.content ?? [])
