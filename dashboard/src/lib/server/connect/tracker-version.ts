import { z } from 'zod'
import type { TrackerVersion } from '#lib/connect/script-options.ts'
import type { Env } from '../../../../env.ts'
import { ingestAddress } from '../health/ingest-state.ts'
import { remember } from '../remember.ts'

const told = z.object({
  files: z.object({ g: z.object({ path: z.string().startsWith('/g/'), integrity: z.string().startsWith('sha384-') }) }),
})

const patienceMs = 1500
const versions = remember<TrackerVersion | undefined>(60_000, 1)

/** The tracker that ingest serves now; undefined when it does not say. Never rejects. */
export function trackerVersion(env: Env): Promise<TrackerVersion | undefined> {
  const address = ingestAddress(env)
  return versions(address, async () => {
    const response = await fetch(`${address}/g/versions.json`, {
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'error',
    })
    return told.parse(await response.json()).files.g
  }).catch(() => undefined)
}
