import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export class SealError extends Error {
  override name = 'SealError'
  readonly code = 'cannot_unseal'
}

const form = 'v1'
const sizes = { salt: 16, iv: 12, tag: 16 }

/** One key a document: HKDF-SHA256 of SECRET_KEY, salted, for one purpose. */
const keyOf = (secretKey: string, salt: Buffer, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secretKey, salt, `guanlan ${purpose}`, 32))

/**
 * Encrypts what must not lie on disk in the clear: AES-256-GCM under a key that SECRET_KEY and the purpose give.
 * @returns `v1.` and base64url of salt, nonce, tag and text
 */
export function seal(text: string, secretKey: string, purpose: string): string {
  const [salt, iv] = [randomBytes(sizes.salt), randomBytes(sizes.iv)]
  const cipher = createCipheriv('aes-256-gcm', keyOf(secretKey, salt, purpose), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `${form}.${Buffer.concat([salt, iv, cipher.getAuthTag(), body]).toString('base64url')}`
}

/** @throws SealError when the key is another one or a byte has changed */
export function unseal(sealed: string, secretKey: string, purpose: string): string {
  const [version, data = ''] = sealed.split('.')
  const bytes = Buffer.from(data, 'base64url')
  const { salt, iv, tag } = sizes
  if (version !== form || bytes.length < salt + iv + tag) throw new SealError('This was not sealed here.')
  const key = keyOf(secretKey, bytes.subarray(0, salt), purpose)
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(salt, salt + iv))
  cipher.setAuthTag(bytes.subarray(salt + iv, salt + iv + tag))
  try {
    return Buffer.concat([cipher.update(bytes.subarray(salt + iv + tag)), cipher.final()]).toString('utf8')
  } catch (cause) {
    throw new SealError('This was sealed with another SECRET_KEY, or is damaged.', { cause })
  }
}
