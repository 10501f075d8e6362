import { createHash } from 'node:crypto'

/** The first 128 bits of SHA-256 in hex; the parts are kept apart, so that ['ab', 'c'] is not ['a', 'bc']. */
export const hash = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
