import { createHash, randomBytes } from 'node:crypto'

const hours = { invitation: 7 * 24, password_reset: 24 } as const

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A link's token, to be shown once, and what is kept of it. */
export function newToken(purpose: keyof typeof hours): { token: string; token_hash: string; expires_at: string } {
  const token = randomBytes(32).toString('base64url')
  const expires_at = new Date(Date.now() + hours[purpose] * 3_600_000).toISOString()
  return { token, token_hash: tokenHash(token), expires_at }
}
