import { ownerIsSettled } from '#lib/server/auth/keep-owner.ts'
import { connections } from '#lib/server/connections.ts'

/** Up once somebody can log in; afterwards it says what answers, and stays up: a restart would mend neither. */
export const GET = async () => {
  const { warehouse, redis } = connections()
  const answers = async (ask: Promise<unknown>) => ask.then(() => true).catch(() => false)
  const ping = warehouse.ping().then((pong) => pong.success || Promise.reject(pong.error))
  const checks = { warehouse: await answers(ping), redis: await answers(redis.ping()) }
  const status = ownerIsSettled() ? 'ok' : 'starting'
  return Response.json({ status, ...checks }, { status: status === 'ok' ? 200 : 503 })
}
