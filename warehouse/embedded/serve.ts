import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { EnvError } from '../parse-env.ts'
import { openEngine, StartError } from './engine.ts'
import { readEnv, sizeThreadPool } from './env.ts'
import { openLane } from './places.ts'
import { createWarehouseServer } from './server.ts'
import { openTransfer } from './transfer.ts'

const log = pino({ name: 'warehouse' })

async function start(): Promise<void> {
  const env = readEnv()
  sizeThreadPool(env)
  await mkdir(env.directory, { recursive: true })
  const engine = await openEngine(env)
  const transfer = await openTransfer(env.transferDirectory, env.reads)
  const lane = (name: string, places: number) => openLane({ name, places, queue: env.queue, queueMs: env.queueMs })
  const world = {
    engine,
    transfer,
    reads: lane('queries', env.reads),
    writes: lane('inserts', env.writes),
    bodyBytes: env.bodyBytes,
    idleMs: 60_000,
  }
  const server = createWarehouseServer(world)
  server.listen(env.port, env.host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    await engine.close()
    throw new StartError(`Port ${env.port} on ${env.host} is in use or not allowed.`, { cause })
  }
  const { address, port } = server.address() as AddressInfo
  log.info({ host: address, port, version: engine.version }, 'warehouse ready')
  const stop = async () => {
    server.close()
    server.closeIdleConnections()
    await Promise.race([once(server, 'close'), new Promise((done) => setTimeout(done, 20_000).unref())])
    server.closeAllConnections()
    await engine.close()
    log.info('warehouse closed')
    process.exit(0)
  }
  if (env.hasParent) process.stdin.resume().once('end', stop).once('error', stop)
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

start().catch((error: unknown) => {
  const known = error instanceof StartError || error instanceof EnvError
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`)
  process.exit(1)
})
