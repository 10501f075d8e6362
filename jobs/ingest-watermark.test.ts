import { startRedis } from '@guanlan/warehouse/testing-redis'
import { expect, test } from 'vitest'
import { endIngestWatermark, readIngestWatermark, writeIngestWatermark } from './ingest-watermark.ts'

test('the slowest of all ingest processes says how far the facts are, and one that ended says nothing', async () => {
  const { redis, stop } = await startRedis()
  expect(await readIngestWatermark(redis)).toBeUndefined()
  await writeIngestWatermark(redis, 'a', 1_700_000_000_500.7)
  await writeIngestWatermark(redis, 'b', 1_700_000_000_200)
  expect(await readIngestWatermark(redis)).toBe(1_700_000_000_200)
  expect(await redis.pttl('ingest:watermark:a')).toBeGreaterThan(0)
  await endIngestWatermark(redis, 'b')
  expect(await readIngestWatermark(redis)).toBe(1_700_000_000_500)
  await stop()
})
