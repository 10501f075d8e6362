import { endIngestWatermark, writeIngestWatermark } from '@guanlan/jobs/ingest-watermark'
import type { Redis } from 'ioredis'
import type { Spool } from './spool/spool.ts'

const everyMs = 1000

/**
 * Says each second that this process lives, and how far what it accepted can be read: whoever watches the numbers waits
 * for it. What Redis does not take is said again a second later.
 * @returns how to end it
 */
export function startWatermark(redis: Redis, spool: Pick<Spool, 'state'>, instance: string): () => Promise<void> {
  const say = async () => {
    if (redis.status !== 'ready') return
    await writeIngestWatermark(redis, instance, Date.now() - spool.state().lagSeconds * 1000).catch(() => {})
  }
  const timer = setInterval(() => void say(), everyMs)
  void say()
  return async () => {
    clearInterval(timer)
    if (redis.status === 'ready') await endIngestWatermark(redis, instance).catch(() => {})
  }
}
