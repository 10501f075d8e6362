import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EnvError } from '@guanlan/warehouse/parse-env'
import { getRequestListener } from '@hono/node-server'
import { pino } from 'pino'
import { createApp } from './app.ts'
import { type IngestEnv, readIngestEnv } from './env.ts'
import { openWorld } from './open-world.ts'
import { SpoolInUse } from './spool/lock.ts'

/** Opens the port, and closes it in order: no new request, the running ones finish, the spool is inserted, the end. */

class ListenError extends Error {
  override name = 'ListenError'
  readonly code = 'cannot_listen'
}

const finishRequestsMs = 8000
const flushMs = 12_000
const silenceMs = 120_000

async function listen(server: Server, { HOST, INGEST_PORT }: IngestEnv): Promise<number> {
  server.listen(INGEST_PORT, HOST)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new ListenError(`INGEST_PORT ${INGEST_PORT} on ${HOST} is in use or not allowed.`, { cause })
  }
  return (server.address() as AddressInfo).port
}

async function finishRequests(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // A connection that is kept alive is idle only once its answer is out.
  const idle = setInterval(() => server.closeIdleConnections(), 20)
  const patience = setTimeout(() => server.closeAllConnections(), finishRequestsMs)
  await closed
  clearInterval(idle)
  clearTimeout(patience)
}

async function serve(): Promise<void> {
  const env = readIngestEnv()
  const log = pino({ name: 'ingest', level: env.LOG_LEVEL })
  const { world, close } = await openWorld(env, log)
  const { version } = await world.browserFiles()
  let stopping = false
  const listener = getRequestListener(createApp(world).fetch)
  // NDJSON may take hours to come: it is silence that ends a request, and readBody has a bound of its own.
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    if (stopping) response.setHeader('connection', 'close')
    return listener(request, response)
  })
  server.setTimeout(silenceMs)
  const port = await listen(server, env).catch(async (error: unknown) => {
    await close(0)
    throw error
  })
  log.info({ host: env.HOST, port, tracker: version }, 'ingest ready')
  const stop = async () => {
    if (stopping) return
    stopping = true
    await finishRequests(server)
    await close(flushMs)
    log.info({ left: world.spool.state().segments }, 'ingest closed')
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

serve().catch((error: unknown) => {
  const known = error instanceof EnvError || error instanceof SpoolInUse || error instanceof ListenError
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`)
  process.exit(1)
})
