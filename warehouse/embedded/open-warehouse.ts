import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { openEngine, StartError } from './engine.ts'
import type { Env } from './env.ts'
import { openLane } from './places.ts'
import { createWarehouseServer } from './server.ts'
import { openSessions } from './sessions.ts'
import { openTransfer } from './transfer.ts'
import type { World } from './world.ts'

export interface OpenWarehouse {
  host: string
  port: number
  version: string
  /** Refuses new requests, lets running ones end within `WAREHOUSE_DRAIN_SECONDS`, stops the rest, closes the engine last. */
  close(): Promise<void>
}

async function makeDirectory(directory: string): Promise<void> {
  // The engine reads these in the paths of files it is given.
  if (/[*?{}]/.test(directory)) throw new StartError(`DATA_DIR must not contain * ? { or }: ${directory}.`)
  try {
    await mkdir(directory, { recursive: true })
  } catch (cause) {
    throw new StartError(`The data directory ${directory} cannot be made: ${(cause as Error).message}.`, { cause })
  }
}

/** Opens the engine and the port. @throws StartError with one sentence */
export async function openWarehouse(env: Env, log: Logger): Promise<OpenWarehouse> {
  await makeDirectory(env.directory)
  const engine = await openEngine(env)
  const transfer = await openTransfer(env.transferDirectory, env.reads)
  const lane = (name: string, places: number) => openLane({ name, places, queue: env.queue, queueMs: env.queueMs })
  const world: World = {
    engine,
    transfer,
    reads: lane('queries', env.reads),
    writes: lane('inserts', env.writes),
    sessions: openSessions(engine),
    turns: new Set(),
    running: new Map(),
    credentials: { user: env.user, password: env.password },
    bodyBytes: env.bodyBytes,
    idleMs: env.idleMs,
    count: { queries: 0, errors: 0, bytesIn: 0, bytesOut: 0 },
    log,
  }
  const server = createWarehouseServer(world)
  server.listen(env.port, env.host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    await engine.close()
    throw new StartError(`Port ${env.port} on ${env.host} cannot be opened: ${(cause as Error).message}.`, { cause })
  }
  const { address, port } = server.address() as AddressInfo
  const idle = async () => {
    while (world.turns.size) await wait(10)
  }
  return {
    host: address,
    port,
    version: engine.version,
    async close() {
      server.close()
      const late = new AbortController()
      await Promise.race([idle(), wait(env.drainMs, undefined, { signal: late.signal }).catch(() => {})])
      late.abort()
      for (const turn of world.turns) turn.abort()
      await idle()
      server.closeAllConnections()
      world.sessions.closeAll()
      await engine.close()
    },
  }
}
