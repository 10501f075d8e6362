import type { Context } from 'hono'
import { Problem } from '../problem.ts'
import type { Held } from './in-flight.ts'
import { encodingOf, streamBody } from './stream-body.ts'

interface Bounds {
  /** Of the body as sent, and unpacked. */
  maxBytes: number
  /** Where the body is counted as it comes. */
  held: Held
  /** How long it may take to come. */
  patienceMs?: number
}

/** Up to this announced length a body is no burden before it is there, and the shortest way to it is taken. */
const small = 64 * 1024

const tooLarge = (maxBytes: number) =>
  new Problem('body_too_large', `A body may have ${maxBytes} bytes, unpacked too. Send it in parts.`)

async function collect(c: Context, { maxBytes, held, patienceMs = 60_000 }: Bounds): Promise<Buffer> {
  const body = streamBody(c)
  const tooSlow = new Problem('too_slow', 'The body did not come within a minute. Send it in smaller parts.')
  const patience = setTimeout(() => body.destroy(tooSlow), patienceMs)
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      held.grow(chunk.length)
      chunks.push(chunk)
    }
  } finally {
    clearTimeout(patience)
    body.destroy()
  }
  return Buffer.concat(chunks)
}

async function receive(c: Context, bounds: Bounds): Promise<Buffer> {
  const announced = Number(c.req.header('content-length') ?? Number.NaN)
  if (announced > bounds.maxBytes) throw tooLarge(bounds.maxBytes)
  if (encodingOf(c) || !(announced <= small)) return collect(c, bounds)
  const body = Buffer.from(await c.req.arrayBuffer())
  bounds.held.grow(body.length)
  return body
}

/**
 * A whole body, unpacked.
 * @throws Problem 413 past the bound, packed or unpacked; 400 for one that is broken; 408 for one that does not come;
 * 429 when there is no room for it
 */
export async function readBody(c: Context, bounds: Bounds): Promise<string> {
  const encoding = encodingOf(c)
  try {
    return (await receive(c, bounds)).toString('utf8')
  } catch (error) {
    if (error instanceof Problem) throw error
    const detail = encoding ? `The body is not ${encoding}, or breaks off.` : 'The body breaks off.'
    throw new Problem('unreadable_body', detail, { cause: error })
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
