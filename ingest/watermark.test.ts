import { readIngestWatermark } from '@guanlan/jobs/ingest-watermark'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { expect, test } from 'vitest'
import { startWatermark } from './watermark.ts'

test('a spool with an old row holds the watermark back, and it is gone with the process', async () => {
  const { redis, stop } = await startRedis()
  const state = () => ({ bytes: 0, segments: 1, lagSeconds: 90, full: undefined })
  const end = startWatermark(redis, { state }, 'one')
  await expect.poll(() => readIngestWatermark(redis)).toBeDefined()
  const behind = Date.now() - ((await readIngestWatermark(redis)) ?? 0)
  expect(behind).toBeGreaterThanOrEqual(90_000)
  expect(behind).toBeLessThan(100_000)
  await end()
  expect(await readIngestWatermark(redis)).toBeUndefined()
  await stop()
})
