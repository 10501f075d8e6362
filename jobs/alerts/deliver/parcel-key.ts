import { createHash } from 'node:crypto'
import type { Letter } from './letters.ts'

/** The key of a message that tells several letters: the same for the same letters. */
export const parcelKey = (parcel: readonly Letter[]): string =>
  createHash('sha256')
    .update(
      parcel
        .map(({ key }) => key)
        .toSorted()
        .join('\n'),
    )
    .digest('hex')
