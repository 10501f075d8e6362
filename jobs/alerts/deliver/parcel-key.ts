import { createHash } from 'node:crypto'
import type { Letter } from './letters.ts'

/** The key of the message of a parcel: its letter's, or of several one that is the same for the same letters. */
export function parcelKey(parcel: readonly [Letter, ...Letter[]]): string {
  const [{ key }] = parcel
  if (parcel.length === 1) return key
  const keys = parcel.map((letter) => letter.key).toSorted()
  return createHash('sha256').update(keys.join('\n')).digest('hex')
}
