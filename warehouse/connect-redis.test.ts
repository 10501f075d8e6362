import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectRedis } from './connect-redis.ts'

let folder: string
let server: ChildProcess

/** A password with every sign that a URL gives a meaning to. */
const password = 'p@ss/w:rd#?'
const redisServer = (socket: string) =>
  spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--requirepass', password])

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanlan redis-'))
})
afterEach(async () => {
  server.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test('a socket in a folder with a space is reached, and a command waits for a server that comes later', async () => {
  const socket = join(folder, 'redis.sock')
  const redis = connectRedis(`unix://${encodeURI(socket)}`, { name: 'shop', password })
  const answer = redis.set('a', '1')
  server = redisServer(socket)
  expect(await answer).toBe('OK')
  expect(await redis.client('GETNAME')).toBe('shop')
  await redis.quit()
})

test('a connection that must not wait fails at once while the server is away', async () => {
  server = redisServer(join(folder, 'other.sock'))
  const redis = connectRedis(`unix://${folder}/none.sock`, { name: 'shop', enableOfflineQueue: false })
  await expect(redis.get('a')).rejects.toThrow(/isn't writeable/)
  redis.disconnect()
})
