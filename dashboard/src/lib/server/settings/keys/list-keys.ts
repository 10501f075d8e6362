import { createHash } from 'node:crypto'
import type { Warehouse } from '@guanlan/warehouse/client'
import { fromClickHouse } from '@guanlan/warehouse/instant'
import { settingsHistory } from '@guanlan/warehouse/settings/history'
import { readKeyUse } from '@guanlan/warehouse/settings/key-use'
import { readSettings } from '@guanlan/warehouse/settings/read'
import type { Redis } from 'ioredis'
import type { Env } from '../../../../../env.ts'
import { actorName } from '../refusal.ts'

/** A key as the page tells it: what it opens and where it comes from, and never the key. */
export interface KeyRow {
  /** '' for one that the environment names: it cannot be changed here. */
  id: string
  version: number
  name: string
  scope: 'write' | 'server' | 'read'
  /** Opens every store. */
  everywhere: boolean
  last_four: string
  origins: string[]
  /** A write key itself, which every browser of the shop has. */
  public_key: string | null
  made_by: string
  made_at: string | null
  expires_at: string | null
  /** To the minute; null when it was not seen, or Redis has forgotten. */
  used_at: string | null
}

type Hashed = Omit<KeyRow, 'used_at'> & { hash: string }

/**
 * The keys of a store, the environment's first, then the newest.
 * @param instance whether those of the whole instance are told too
 */
export async function listKeys(
  { warehouse, redis }: { warehouse: Warehouse; redis: Redis },
  { store_id, instance, env }: { store_id: string; instance: boolean; env: Env },
): Promise<KeyRow[]> {
  const [own, everywhere, history] = await Promise.all([
    readSettings(warehouse, 'key', { store_id }),
    instance ? readSettings(warehouse, 'key', { store_id: '' }) : [],
    settingsHistory(warehouse, { store_ids: [store_id, ''], kind: 'key', limit: 100_000 }),
  ])
  const first = new Map(history.filter(({ version }) => version === 1).map((row) => [`${row.store_id} ${row.id}`, row]))
  const rows = [...own, ...everywhere].map(({ id, version, store_id, value }): Hashed => {
    const made = first.get(`${store_id} ${id}`)
    const { hash, name, scope, last_four, origins, public_key = null, expires_at = null } = value
    return {
      ...{ hash, id, version, name, scope, last_four, origins, public_key, expires_at, everywhere: store_id === '' },
      made_by: actorName(made?.actor ?? ''),
      made_at: made ? fromClickHouse(made.at) : null,
    }
  })
  rows.sort((a, b) => (b.made_at ?? '').localeCompare(a.made_at ?? ''))
  const all = [...environmentKeys(store_id, env).filter(({ everywhere }) => instance || !everywhere), ...rows]
  const hashes = all.map(({ hash }) => hash)
  // Keys are managed while Redis is away, too.
  const used = await readKeyUse(redis, hashes).catch(() => [])
  return all.map(({ hash: _, ...row }, index) => ({ ...row, used_at: used[index]?.toISOString() ?? null }))
}

function environmentKeys(store_id: string, env: Env): Hashed[] {
  const given = [
    { name: 'WRITE_KEY', scope: 'write', value: env.STORE_ID === store_id ? env.WRITE_KEY : undefined },
    { name: 'SERVER_KEY', scope: 'server', value: env.SERVER_KEY },
    { name: 'READ_KEY', scope: 'read', value: env.READ_KEY },
  ] as const
  return given.flatMap(({ name, scope, value }): Hashed[] =>
    value
      ? [
          {
            ...{
              hash: createHash('sha256').update(value).digest('hex'),
              id: '',
              version: 0,
              name,
              scope,
              everywhere: scope !== 'write',
              origins: [],
              made_by: actorName('environment'),
            },
            // Of a short one four letters would tell too much.
            last_four: value.length >= 16 ? value.slice(-4) : '',
            public_key: scope === 'write' ? value : null,
            made_at: null,
            expires_at: null,
          },
        ]
      : [],
  )
}
