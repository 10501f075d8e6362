import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Context } from 'hono'
import { encodingOf } from './read-body.ts'

const unpackers = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/** A body as it comes, unpacked in passing. */
export function streamBody(c: Context): Readable {
  const encoding = encodingOf(c)
  const { body } = c.req.raw
  const packed = body ? Readable.fromWeb(body as never) : Readable.from([])
  if (!encoding) return packed
  const unpacked = unpackers[encoding]()
  packed.on('error', (error) => unpacked.destroy(error))
  unpacked.on('close', () => packed.destroy())
  return packed.pipe(unpacked)
}
