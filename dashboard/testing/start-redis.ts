import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectRedis } from '@guanlan/warehouse/connect-redis'

/** A Redis of the test's own, on a socket in a directory of its own. */
export async function startRedis() {
  const directory = await mkdtemp(join(tmpdir(), 'guanlan-redis-'))
  const socket = join(directory, 'redis.sock')
  const url = `unix://${socket}`
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--dir', directory, '--save', ''], {
    stdio: 'ignore',
  })
  const redis = connectRedis(url, { name: 'test' })
  await redis.ping()
  return {
    url,
    redis,
    stop: async () => {
      redis.disconnect()
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await gone
      await rm(directory, { recursive: true, force: true })
    },
  }
}
