import { z } from 'zod'
import type { Env } from '../../../../env.ts'

const ready = z.object({
  spool: z.object({ bytes: z.number(), segments: z.number(), lag_seconds: z.number() }),
  clickhouse: z.enum(['reachable', 'away']),
  redis: z.enum(['reachable', 'away']),
  settings: z.string(),
  /** Messages that browsers gave up, since ingest started. */
  tracker: z.object({ lost: z.number() }).default({ lost: 0 }),
})
const full = z.object({ detail: z.string() })

/** How ingest is: it takes what is sent, it does not because it is full, or it is not there. */
export type IngestState =
  | ({ state: 'ready' } & z.output<typeof ready>)
  | { state: 'full'; detail: string }
  | { state: 'away'; address: string }

const patienceMs = 1500

/** Where this server reaches ingest: as it is told, else on this machine. */
export function ingestAddress({ INGEST_INTERNAL_URL, INGEST_URL, INGEST_PORT, HOST }: Env): string {
  const given = INGEST_INTERNAL_URL ?? INGEST_URL
  if (given !== undefined) return given.replace(/\/+$/, '')
  const here = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST
  return `http://${here}:${INGEST_PORT}`
}

/** Asks ingest how it is. Never rejects: no answer is one too. */
export async function ingestState(env: Env): Promise<IngestState> {
  const address = ingestAddress(env)
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(patienceMs), redirect: 'error' })
    const body: unknown = await response.json()
    const told = ready.safeParse(body)
    if (response.ok && told.success) return { state: 'ready', ...told.data }
    const refused = full.safeParse(body)
    if (response.status === 503 && refused.success) return { state: 'full', detail: refused.data.detail }
  } catch {
    // Away, or somebody else on its port.
  }
  return { state: 'away', address }
}
