import type { Redis } from 'ioredis'

/** What an ingest process says each second: that it lives, and up to which moment all it has accepted can be read. */
const prefix = 'ingest:watermark:'
/** Long enough for a busy second, short enough that a process which ended is missed at once. */
const expiryMs = 8000

/** @param until milliseconds; everything this process accepted before it is in ClickHouse */
export async function writeIngestWatermark(redis: Redis, instance: string, until: number): Promise<void> {
  await redis.set(`${prefix}${instance}`, Math.floor(until), 'PX', expiryMs)
}

export async function endIngestWatermark(redis: Redis, instance: string): Promise<void> {
  await redis.del(`${prefix}${instance}`)
}

/** The moment before which everything accepted by any ingest process is in ClickHouse; undefined while there is none. */
export async function readIngestWatermark(redis: Redis): Promise<number | undefined> {
  const keys = new Set<string>()
  let cursor = '0'
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1000)
    for (const key of found) keys.add(key)
    cursor = next
  } while (cursor !== '0')
  if (keys.size === 0) return undefined
  const said = (await redis.mget(...keys)).filter((text) => text !== null).map(Number)
  return said.length > 0 ? Math.min(...said) : undefined
}
