import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectWarehouse } from '@guanlan/warehouse/client'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { EnvError } from '@guanlan/warehouse/parse-env'
import { getRequestListener } from '@hono/node-server'
import { pino } from 'pino'
import { createLimiter } from './alerts/deliver/limiter.ts'
import { openNet } from './alerts/deliver/net/net.ts'
import { createApp } from './app.ts'
import { type JobsEnv, readJobsEnv } from './env.ts'
import { createMetrics } from './metrics.ts'
import { wake } from './queues.ts'
import { openQueues, runJobs } from './run-jobs.ts'
import type { World } from './world.ts'

class ListenError extends Error {
  override name = 'ListenError'
  readonly code = 'cannot_listen'
}

const finishJobsMs = 15_000

async function listen(server: Server, { HOST, JOBS_PORT }: JobsEnv): Promise<number> {
  server.listen(JOBS_PORT, HOST)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new ListenError(`JOBS_PORT ${JOBS_PORT} on ${HOST} is in use or not allowed.`, { cause })
  }
  return (server.address() as AddressInfo).port
}

async function serve(): Promise<void> {
  const env = readJobsEnv()
  const log = pino({ name: 'jobs', level: env.LOG_LEVEL })
  const ending = new AbortController()
  const redis = connectRedis(env.REDIS_URL, { name: 'jobs', log })
  const warehouse = connectWarehouse(env.CLICKHOUSE_URL, 'jobs')
  const queues = openQueues(redis)
  const world: World = {
    ...{ warehouse, redis, cluster: env.CLICKHOUSE_CLUSTER, log, signal: ending.signal },
    wake: (name, store_id, options) => wake(queues[name], store_id, options),
  }
  const metrics = createMetrics()
  const server = createServer(getRequestListener(createApp(world, Object.values(queues), metrics).fetch))
  // The port first: a second process on it must end before it takes a job.
  const port = await listen(server, env)
  const stop = async (code: number) => {
    if (ending.signal.aborted) return
    ending.abort()
    await jobs.stop(finishJobsMs)
    server.close()
    server.closeAllConnections()
    await Promise.all(Object.values(queues).map((queue) => queue.close()))
    redis.disconnect()
    await warehouse.close()
    log.info('jobs closed')
    process.exit(code)
  }
  const delivery = {
    secretKey: env.SECRET_KEY,
    dashboardUrl: env.DASHBOARD_URL ?? `http://127.0.0.1:${env.DASHBOARD_PORT}`,
    net: openNet({ allow: env.ALERT_ALLOW_HOSTS }),
    limiter: createLimiter(redis),
    metrics,
    clock: () => new Date(),
    patienceMs: 30_000,
  }
  const jobs = runJobs(world, queues, { metrics, delivery, onCrash: () => void stop(1) })
  log.info({ host: env.HOST, port }, 'jobs ready')
  process.on('SIGTERM', () => void stop(0))
  process.on('SIGINT', () => void stop(0))
}

serve().catch((error: unknown) => {
  const known = error instanceof EnvError || error instanceof ListenError
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`)
  process.exit(1)
})
