import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { keys, openTestIngest } from '../testing.ts'

export interface ListeningIngest {
  url: string
  key: string
  /** Rows of a SELECT, once everything accepted is in ClickHouse. */
  ask: <Row>(sql: string) => Promise<Row[]>
  close: () => Promise<void>
}

/** Listens on a free port of the loopback. */
export async function listen(listener: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The real ingest before a real ClickHouse and Redis, on a port; for tests. */
export async function startIngest(): Promise<ListeningIngest> {
  const ingest = await openTestIngest()
  const server = await listen(getRequestListener(ingest.app.fetch))
  return {
    url: server.url,
    key: keys.server,
    ask: async <Row>(sql: string) => {
      // A segment is nowhere for a moment while it passes from the writer to the flusher.
      for (let quiet = 0; quiet < 3; await sleep(100)) quiet = ingest.world.spool.state().segments === 0 ? quiet + 1 : 0
      return await ingest.ask<Row>(sql)
    },
    close: async () => {
      await server.close()
      await ingest.close()
    },
  }
}
