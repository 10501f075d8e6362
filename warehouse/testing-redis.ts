import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { connectRedis } from './connect-redis.ts'

/**
 * A Redis on a socket, and a connection to it; for tests.
 * @param kept a directory that outlives it, so that another can start at the same address; else it has one of its own
 */
export async function startRedis(kept?: string): Promise<{ url: string; redis: Redis; stop: () => Promise<void> }> {
  const directory = kept ?? (await mkdtemp(join(tmpdir(), 'guanlan-redis-')))
  const socket = join(directory, 'redis.sock')
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', directory], {
    stdio: 'ignore',
  })
  const url = `unix://${socket}`
  const redis = connectRedis(url, { name: 'test' })
  await redis.ping()
  return {
    url,
    redis,
    stop: async () => {
      redis.disconnect()
      if (server.exitCode === null && server.signalCode === null) {
        const ended = once(server, 'exit')
        server.kill('SIGTERM')
        await ended
      }
      if (!kept) await rm(directory, { recursive: true, force: true })
    },
  }
}
