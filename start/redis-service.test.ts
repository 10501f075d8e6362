import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { beforeEach, expect, test } from 'vitest'
import { findOrInstall, redis as program } from './find-or-install.ts'
import { openGuard, waitForGuard } from './guard.ts'
import { listenTo } from './listen.ts'
import { redisService } from './redis-service.ts'
import { runStages } from './run-stages.ts'
import type { Service } from './service.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan redis-'))
  return () => rmSync(folder, { recursive: true })
})

const binary = findOrInstall(program, console.log)

/** Runs a service as the product does while `use` lasts. */
async function running(service: Service, use: () => Promise<void>): Promise<void> {
  const guard = openGuard(folder)
  const run = runStages([{ services: [service], tasks: [] }], {
    say: () => {},
    listen: listenTo(join(folder, 'logs'), () => {}),
    guard,
    delays: { first: 100, longest: 100, settled: 1000 },
  })
  try {
    await run.ready
    await use()
  } finally {
    await run.drain()
    guard.close()
    await waitForGuard(folder, () => {})
  }
}

async function openDataDir(name: string): Promise<string> {
  const path = join(folder, name)
  mkdirSync(join(path, 'run'), { recursive: true })
  return path
}

test('Redis listens on a socket in the data directory, for its owner alone, and keeps what it was given', async () => {
  const dataDir = await openDataDir('data')
  const { service, url } = await redisService(binary, dataDir)
  expect(url).toBe(`unix://${dataDir.replace(' ', '%20')}/run/redis.sock`)
  expect(service.command).toEqual([binary, '-'])
  await running(service, async () => {
    expect(statSync(join(dataDir, 'run/redis.sock')).mode & 0o777).toBe(0o600)
    const redis = connectRedis(url, { name: 'test' })
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
    expect(await redis.config('GET', 'appendfsync')).toEqual(['appendfsync', 'everysec'])
    await redis.set('kept', 'yes')
    await redis.quit()
  })
  const again = await redisService(binary, dataDir)
  await running(again.service, async () => {
    const redis = connectRedis(again.url, { name: 'test' })
    expect(await redis.get('kept')).toBe('yes')
    await redis.quit()
  })
})

test('where the path of a socket would be too long, Redis asks for a password on loopback', async () => {
  const dataDir = await openDataDir('d'.repeat(100))
  const { service, url } = await redisService(binary, dataDir)
  const { hostname, password } = new URL(url)
  expect([hostname, password.length]).toEqual(['127.0.0.1', 32])
  expect(statSync(join(dataDir, 'run/redis-url')).mode & 0o777).toBe(0o600)
  await running(service, async () => {
    const redis = connectRedis(url, { name: 'test' })
    expect(await redis.ping()).toBe('PONG')
    await redis.quit()
    const stranger = connectRedis(url.replace(`:${password}@`, ''), { name: 'stranger' })
    await expect(stranger.ping()).rejects.toThrow('NOAUTH')
    stranger.disconnect()
  })
})

test('a Redis that a run before has left on the files is ended before another is started', async () => {
  const dataDir = await openDataDir('data')
  const left = await redisService(binary, dataDir)
  await running(left.service, async () => {
    const redis = connectRedis(left.url, { name: 'test', retryStrategy: () => null })
    await redis.ping()
    const ended = new Promise((resolve) => redis.once('end', resolve))
    await redisService(binary, dataDir)
    await ended
  })
  expect(readFileSync(join(dataDir, 'run/redis-url'), 'utf8')).toBe(left.url)
})
