import type { Warehouse } from '@guanlan/warehouse/client'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import type { Redis } from 'ioredis'
import { hashPassword } from '../src/lib/server/auth/password.ts'

interface World {
  warehouse: Warehouse
  redis: Redis
}

/** Makes a store of the test's. */
export const insertStore = (world: World, id: string, value: Partial<Value<'store'>> = {}) =>
  writeSetting(world, {
    store_id: id,
    kind: 'store',
    id,
    read_version: 0,
    value: { name: id, time_zone: 'Asia/Shanghai', currency: 'CNY', trusts_sender_sessions: false, ...value },
    actor: 'test',
  })

/** Makes a key of a store. */
export const insertKey = (world: World, store_id: string, id: string, value: Pick<Value<'key'>, 'scope' | 'hash'>) =>
  writeSetting(world, {
    store_id,
    kind: 'key',
    id,
    read_version: 0,
    value: { name: id, last_four: '0000', origins: [], ...value },
    actor: 'test',
  })

/** Page views: who, from which channel, when in UTC. */
export async function insertViews(warehouse: Warehouse, store_id: string, views: [string, string, string][]) {
  const values = views.map(([visitor_id, channel, at], index) => ({
    store_id,
    message_id: `view-${index}`,
    name: 'page_view',
    visitor_id,
    channel,
    timestamp: at,
    occurred_at: at,
    received_at: at,
  }))
  await warehouse.insert({ table: 'events', values, format: 'JSONEachRow' })
}

/** Orders: whose, from which channel, when in UTC, how much, whether paid. */
export async function insertOrders(
  warehouse: Warehouse,
  store_id: string,
  orders: [string, string, string, string, boolean][],
) {
  const values = orders.map(([customer_id, channel, at, gross, paid], index) => ({
    store_id,
    order_id: `order-${index}`,
    source: 'ledger',
    status: paid ? 'paid' : 'pending',
    type: 'normal',
    customer_id,
    channel,
    placed_at: at,
    paid_at: paid ? at : null,
    currency: 'CNY',
    gross,
    updated_at: at,
    content_hash: 1,
    received_at: at,
  }))
  await warehouse.insert({ table: 'orders', values, format: 'JSONEachRow' })
  const attributed = orders.map(([, channel, at], index) => ({
    store_id,
    order_id: `order-${index}`,
    placed_at: at,
    channel,
    model: 'given',
    version: at,
  }))
  await warehouse.insert({ table: 'order_attribution', values: attributed, format: 'JSONEachRow' })
}

/** Makes a user with a role in each of some stores. */
export const insertUser = async (
  world: World,
  id: string,
  { password, ...value }: { email: string; password: string; roles: Value<'user'>['roles'] },
) =>
  writeSetting(world, {
    ...{ store_id: '', kind: 'user', id, read_version: 0, actor: 'test' },
    value: { name: id, password_hash: await hashPassword(password), ...value },
  })
