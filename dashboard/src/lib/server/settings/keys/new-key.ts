import { createHash, randomBytes } from 'node:crypto'
import type { Value } from '@guanlan/warehouse/settings/kinds'

/** Random bytes in a key: a write key is public, and short enough for a snippet. */
const bytes = { write: 18, server: 24, read: 24 } as const

/** Makes a key. @returns the key, to be shown once, and what is kept of it */
export function newKey({ name, scope, origins }: Pick<Value<'key'>, 'name' | 'scope' | 'origins'>): {
  secret: string
  value: Value<'key'>
} {
  const secret = `${scope}_${randomBytes(bytes[scope]).toString('base64url')}`
  const hash = createHash('sha256').update(secret).digest('hex')
  const kept = { name, scope, hash, last_four: secret.slice(-4), origins }
  return { secret, value: scope === 'write' ? { ...kept, public_key: secret } : kept }
}
