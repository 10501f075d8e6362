import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Context } from 'hono'
import { Problem } from '../problem.ts'

const unpackers = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/**
 * How a body is packed; undefined when it is not.
 * @throws Problem 400 for a packing that is not known
 */
export function encodingOf(c: Context): keyof typeof unpackers | undefined {
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return undefined
  if (Object.hasOwn(unpackers, encoding)) return encoding as keyof typeof unpackers
  throw new Problem('unreadable_body', `The content encoding ${encoding.slice(0, 40)} is not known here; gzip is.`)
}

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
