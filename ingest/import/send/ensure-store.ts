import { z } from 'zod'
import { ImportError } from '../failure.ts'
import type { Mapping } from '../mapping/schema.ts'
import type { IngestClient } from './ingest-client.ts'
import { problemSentence } from './problem-sentence.ts'

const store = z.object({ time_zone: z.string(), currency: z.string() })

/**
 * Makes the store with the zone and currency of the mapping when it is new.
 * @returns whether it was made just now
 * @throws ImportError when it is there with others: money and days would mean something else
 */
export async function ensureStore(client: IngestClient, id: string, wanted: Mapping['store']): Promise<boolean> {
  const path = `/v1/stores/${encodeURIComponent(id)}`
  const found = await client.ask({ method: 'GET', path })
  if (found.status === 200) {
    const there = store.parse(JSON.parse(found.body))
    if (there.time_zone !== wanted.time_zone) refuse(id, 'time zone', there.time_zone, wanted.time_zone)
    if (there.currency !== wanted.currency) refuse(id, 'currency', there.currency, wanted.currency)
    return false
  }
  if (found.status !== 404) refuseAnswer(found)
  const body = { name: wanted.name ?? id, time_zone: wanted.time_zone, currency: wanted.currency }
  const made = await client.ask({
    method: 'PUT',
    path,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  })
  if (made.status >= 300) refuseAnswer(made)
  return true
}

function refuse(id: string, what: string, there: string, wanted: string): never {
  throw new ImportError(
    `The store ${id} has the ${what} ${there}, the mapping says ${wanted}. Import into another store with --store, or correct the mapping.`,
  )
}

/** @throws ImportError with what ingest said */
export function refuseAnswer({ status, body }: { status: number; body: string }): never {
  throw new ImportError(`Ingest refuses: ${problemSentence(status, body)}`)
}
