import { createHash } from 'node:crypto'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Env } from '../../../../env.ts'
import { rememberSettings } from '../settings/remember-settings.ts'

/** What the snippet of an empty store needs: where ingest listens, and the write key, or its end when only that is known. */
export interface SnippetKey {
  ingest_port: number
  write_key: string | null
  last_four: string | null
}

const keys = rememberSettings<Omit<SnippetKey, 'ingest_port'>>(5000)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A write key is public: every browser of the shop has it. It is known from the environment, or was made in the settings. */
export async function snippetKey(
  warehouse: Warehouse,
  storeId: string,
  { WRITE_KEY, STORE_ID, INGEST_PORT: ingest_port }: Env,
): Promise<SnippetKey> {
  const known = await keys(storeId, async () => {
    const all = await readSettings(warehouse, 'key', { store_id: storeId })
    const writing = all.filter((key) => key.value.scope === 'write')
    const given =
      WRITE_KEY !== undefined && (STORE_ID === storeId || writing.some((key) => key.value.hash === sha256(WRITE_KEY)))
    const kept = writing.find((key) => key.value.public_key !== undefined)?.value.public_key
    return { write_key: given ? WRITE_KEY : (kept ?? null), last_four: writing[0]?.value.last_four ?? null }
  })
  return { ingest_port, ...known }
}
