import { promisify } from 'node:util'
import { gzip, constants as zlib } from 'node:zlib'
import { z } from 'zod'
import { ImportError } from '../failure.ts'
import type { OutputName } from '../mapping/outputs.ts'
import { refuseAnswer } from './ensure-store.ts'
import type { IngestClient } from './ingest-client.ts'

const pack = promisify(gzip)

const answer = z.object({
  accepted: z.int().optional(),
  rejected: z.array(z.object({ index: z.int(), path: z.string().default(''), message: z.string() })).default([]),
})

export interface Outcome {
  accepted: number
  /** By the place of the row in its batch. */
  rejected: { index: number; path: string; message: string }[]
}

/**
 * Sends rows to ingest, gzipped; in halves when they are too large together.
 * @param bodies JSON of each row
 * @throws ImportError when ingest refuses them as a whole
 */
export async function sendBatch(
  client: IngestClient,
  { store, to }: { store: string; to: OutputName },
  bodies: readonly string[],
): Promise<Outcome> {
  const rows = bodies.join(',')
  const path = to === 'events' ? '/v1/batch' : `/v1/records/${to}`
  const { status, body } = await client.ask({
    method: 'POST',
    path: `${path}?store_id=${encodeURIComponent(store)}`,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: await pack(to === 'events' ? `{"batch":[${rows}]}` : `[${rows}]`, { level: zlib.Z_BEST_SPEED }),
  })
  if (status === 413 && bodies.length > 1) return inHalves(client, { store, to }, bodies)
  if (status === 413) return { accepted: 0, rejected: [{ index: 0, path: '', message: 'is too large for ingest' }] }
  if (status >= 300) refuseAnswer({ status, body })
  const said = answer.safeParse(readJson(body))
  if (!said.success)
    throw new ImportError('What answers is not ingest: its answer has another shape.', { cause: said.error })
  const { rejected, accepted = bodies.length - new Set(rejected.map(({ index }) => index)).size } = said.data
  return { accepted, rejected }
}

async function inHalves(client: IngestClient, where: { store: string; to: OutputName }, bodies: readonly string[]) {
  const middle = Math.ceil(bodies.length / 2)
  const first = await sendBatch(client, where, bodies.slice(0, middle))
  const second = await sendBatch(client, where, bodies.slice(middle))
  const shifted = second.rejected.map((one) => ({ ...one, index: one.index + middle }))
  return { accepted: first.accepted + second.accepted, rejected: [...first.rejected, ...shifted] }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
