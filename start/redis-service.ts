import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import type { Service } from './service.ts'

/** sun_path has 104 bytes on macOS and 108 on Linux. */
const longestSocketPath = 100

const settings = [
  'appendonly yes',
  'appendfsync everysec',
  'save ""',
  'maxmemory-policy noeviction',
  'daemonize no',
  'loglevel warning',
  'logfile ""',
]

/**
 * Redis on a socket inside the data directory; where its path would be too long, on a free port of this machine with a
 * password. Its configuration goes through its input: arguments can be read by everybody.
 */
export async function redisService(binary: string, dataDir: string): Promise<{ service: Service; url: string }> {
  const folder = join(dataDir, 'redis')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const note = join(dataDir, 'run', 'redis-url')
  if (existsSync(note)) await shutDown(readFileSync(note, 'utf8'))

  const socket = join(dataDir, 'run', 'redis.sock')
  const fits = Buffer.byteLength(socket) <= longestSocketPath
  const { url, where } = fits ? onSocket(socket) : await onPort()
  writeFileSync(note, url, { mode: 0o600 })
  return {
    url,
    service: {
      name: 'redis',
      command: [binary, '-'],
      env: {},
      input: [...where, `dir ${quoted(folder)}`, ...settings, ''].join('\n'),
      ready: () => pings(url),
      readyWithin: 60_000,
      stopWithin: 10_000,
    },
  }
}

const quoted = (path: string) => `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function onSocket(socket: string) {
  rmSync(socket, { force: true })
  return {
    url: `unix://${socket.split('/').map(encodeURIComponent).join('/')}`,
    where: ['port 0', `unixsocket ${quoted(socket)}`, 'unixsocketperm 600'],
  }
}

async function onPort() {
  const server = createServer()
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  await new Promise((resolve) => server.close(resolve))
  const password = randomBytes(24).toString('base64url')
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    where: [`port ${port}`, 'bind 127.0.0.1', `requirepass ${password}`],
  }
}

/** Asks once. */
const connectOnce = (url: string) =>
  connectRedis(url, { name: 'start', lazyConnect: true, retryStrategy: () => null, connectTimeout: 2_000 })

async function pings(url: string): Promise<boolean> {
  const redis = connectOnce(url)
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}

/** Ends a Redis that a run before has left on our files; two on the same files would ruin them. */
async function shutDown(url: string): Promise<void> {
  const redis = connectOnce(url)
  try {
    await redis.connect()
    await redis.shutdown().catch(() => {})
    while (await pings(url)) await sleep(50)
  } catch {
    // Nobody is there.
  } finally {
    redis.disconnect()
  }
}
