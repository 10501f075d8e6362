import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Context } from 'hono'
import { Problem } from '../problem.ts'

const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

const tooLarge = (maxBytes: number) =>
  new Problem('body_too_large', `A body may have ${maxBytes} bytes, unpacked too. Send it in parts.`)

/** How a body is packed; undefined when it is not. */
export function encodingOf(c: Context): keyof typeof unpackers | undefined {
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return undefined
  if (encoding in unpackers) return encoding as keyof typeof unpackers
  throw new Problem('unreadable_body', `The content encoding ${encoding.slice(0, 40)} is not known here; gzip is.`)
}

async function receive(c: Context, maxBytes: number): Promise<Buffer> {
  const announced = c.req.header('content-length')
  if (announced !== undefined) {
    if (Number(announced) > maxBytes) throw tooLarge(maxBytes)
    return Buffer.from(await c.req.arrayBuffer())
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * A whole body, unpacked.
 * @throws Problem 413 past the bound, packed or unpacked; 400 for one that is broken
 */
export async function readBody(c: Context, maxBytes: number): Promise<string> {
  const encoding = encodingOf(c)
  const packed = await receive(c, maxBytes)
  if (!encoding) return packed.toString('utf8')
  try {
    return (await unpackers[encoding](packed, { maxOutputLength: maxBytes })).toString('utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new Problem('unreadable_body', `The body is not ${encoding}.`, { cause: error })
  }
}

/** @throws Problem 400 that says where the JSON breaks, without repeating it */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1]
    throw new Problem(
      'unreadable_body',
      at ? `The body is not JSON: it breaks at character ${at}.` : 'The body is not JSON.',
      {
        errors: [{ path: '', message: 'is not JSON' }],
        cause: error,
      },
    )
  }
}
