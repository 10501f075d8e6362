import { announceChanged } from '@guanlan/jobs/changed'
import { type TestAnswer, testContactPoint } from '@guanlan/jobs/queues'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../../connections.ts'
import { forgetUndelivered } from '../undelivered.ts'

/** As long as somebody waits for a receiver. */
const withinMs = 25_000

/**
 * Has a test message sent to a contact point, and waits for what its receiver says.
 * @param value as it is about to be saved, sealed; else as it stands
 */
export async function tryContactPoint(
  store_id: string,
  contact_point_id: string,
  value?: Value<'contact_point'>,
): Promise<TestAnswer> {
  const { env, redis: shared, log } = connections()
  // A connection of its own, which may wait for an answer: what others ask must not wait with it.
  const redis = connectRedis(env.REDIS_URL, { name: 'dashboard-test', log })
  try {
    return await testContactPoint(redis, { store_id, contact_point_id, value }, { withinMs })
  } catch (error) {
    log.warn({ err: error, contact_point_id }, 'a contact point could not be tried')
    return { ok: false, error: m.alerts_test_nobody(), answer: '', milliseconds: withinMs }
  } finally {
    redis.disconnect()
    forgetUndelivered()
    announceChanged(shared, { store_id, what: 'incidents' }).catch(() => {})
  }
}
