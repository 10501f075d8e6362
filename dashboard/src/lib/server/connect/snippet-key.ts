import { createHash } from 'node:crypto'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Env } from '../../../../env.ts'
import type { Asker } from '../auth/asker.ts'
import { may, roleAmong } from '../auth/permissions.ts'
import { allUsers } from '../auth/users.ts'
import { rememberSettings } from '../settings/remember-settings.ts'

/** What snippets are filled in with: where ingest is, and the write key as far as the reader may see it. */
export interface SnippetKey {
  /** The address that INGEST_URL tells; else it is this page's host with the port. */
  ingest_url: string | null
  ingest_port: number
  write_key: string | null
  /** The key's end, where the key itself is not known. */
  last_four: string | null
  /** Who can tell the key to a reader who may not see it; null for one who may. */
  ask: string[] | null
}

type Known = Pick<SnippetKey, 'write_key' | 'last_four'>
const keys = rememberSettings<Known>(5000)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * A write key is public, every browser of the shop has it: one made here is kept whole, another is the environment's. The
 * newest is told, and none that is to end: a snippet stays in a shop for years.
 */
const writeKeyOf = (warehouse: Warehouse, storeId: string, { WRITE_KEY, STORE_ID }: Env): Promise<Known> =>
  keys(storeId, async () => {
    const all = await readSettings(warehouse, 'key', { store_id: storeId })
    const writing = all
      .filter(({ value }) => value.scope === 'write' && value.expires_at === undefined)
      .sort((a, b) => b.at.localeCompare(a.at))
      .map(({ value }) => value)
    const made = writing.find(({ public_key }) => public_key !== undefined)
    const isOurs =
      WRITE_KEY !== undefined && (STORE_ID === storeId || writing.some(({ hash }) => hash === sha256(WRITE_KEY)))
    const write_key = (isOurs ? WRITE_KEY : made?.public_key) ?? null
    return { write_key, last_four: writing[0]?.last_four ?? null }
  })

const mostNames = 3

/** Who owns a store, by name. */
async function ownersOf(warehouse: Warehouse, storeId: string): Promise<string[]> {
  const users = await allUsers(warehouse)
  const owners = users.filter(({ value: { roles } }) => roleAmong(roles, storeId) === 'owner')
  return owners.map(({ value: { name, email } }) => name || email).slice(0, mostNames)
}

/** What the snippets of a store are filled in with for a reader. */
export async function snippetKey(
  warehouse: Warehouse,
  storeId: string,
  asker: Asker | undefined,
  env: Env,
): Promise<SnippetKey> {
  const where = { ingest_url: env.INGEST_URL?.replace(/\/+$/, '') ?? null, ingest_port: env.INGEST_PORT }
  if (may(asker, 'see_keys', storeId)) return { ...where, ...(await writeKeyOf(warehouse, storeId, env)), ask: null }
  return { ...where, write_key: null, last_four: null, ask: await ownersOf(warehouse, storeId) }
}
