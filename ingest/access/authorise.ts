import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import type { World } from '../world.ts'
import type { Key, Store } from './directory.ts'

type Access = Pick<World, 'directory' | 'keyUse'>

/** The key of a request: a Bearer token, or the user name of Basic as Segment's libraries send it. */
function keyOfHeader(header: string | undefined): string | undefined {
  const [scheme = '', value = ''] = (header ?? '').split(' ')
  if (/^bearer$/i.test(scheme)) return value
  if (!/^basic$/i.test(scheme)) return undefined
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0]
}

const may: Record<Key['scope'], string> = {
  write: 'A write key may send events and nothing else.',
  server: 'A server key may write; reading takes a read key.',
  read: 'A read key may only read.',
}

interface Wanted {
  scopes: readonly Key['scope'][]
  /** A key in the body, for senders that cannot set a header. */
  keyInBody?: string | undefined
  /** The store that the request names. */
  store_id?: string | undefined
}

/**
 * The key of a request, when it may do what is wanted.
 * @throws Problem 401 for no key or one that is not known, 403 for another scope, store or origin
 */
export async function authoriseKey(c: Context, { directory, keyUse }: Access, wanted: Wanted): Promise<Key> {
  const value = keyOfHeader(c.req.header('authorization')) || wanted.keyInBody
  if (!value)
    throw new Problem('unknown_key', 'Send a key: as Bearer token, as user name of Basic, or as writeKey in the body.')
  let key = directory.key(value)
  if (!key) {
    await directory.refreshForMiss()
    key = directory.key(value)
  }
  if (!key) throw new Problem('unknown_key', 'This key is not known here.')
  if (!wanted.scopes.includes(key.scope)) throw new Problem('forbidden', may[key.scope])
  if (key.store_id !== '' && wanted.store_id && wanted.store_id !== key.store_id) {
    throw new Problem('forbidden', `This key belongs to another store than ${wanted.store_id}.`, {
      errors: [{ path: 'store_id', message: 'is not the store of this key' }],
    })
  }
  const origin = c.req.header('origin')
  if (key.scope === 'write' && origin && key.origins.length > 0 && !key.origins.includes(origin)) {
    throw new Problem('forbidden', `This key may not be used from ${origin}.`)
  }
  keyUse.note(value)
  return key
}

/**
 * The store that a request writes to: its key's, or the one it names.
 * @throws Problem as authoriseKey, 422 when an instance-wide key names no store, 404 for one that does not exist
 */
export async function authoriseStore(c: Context, access: Access, wanted: Wanted): Promise<Store> {
  const key = await authoriseKey(c, access, wanted)
  const { directory } = access
  const id = key.store_id || wanted.store_id
  if (!id) {
    throw new Problem('invalid_request', 'This key opens every store: name one with ?store_id=.', {
      errors: [{ path: 'store_id', message: 'is required with this key' }],
    })
  }
  if (!directory.store(id)) await directory.refreshForMiss()
  const store = directory.store(id)
  if (store) return store
  throw new Problem('unknown_store', `There is no store ${id}. PUT /v1/stores/${id} makes one.`, {
    errors: [{ path: 'store_id', message: 'is not a store' }],
  })
}
