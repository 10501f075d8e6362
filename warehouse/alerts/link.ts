import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** What a button on a card may do without a login. */
const linked = z.object({
  store_id: z.string(),
  incident_id: z.string(),
  do: z.enum(['acknowledge', 'release', 'silence', 'picture']),
  /** The contact point that got the card: who uses the link acts as somebody there. */
  contact_point_id: z.string(),
  nonce: z.string(),
  /** Unix seconds. */
  expires: z.int(),
})
export type Linked = z.output<typeof linked>

const keyOf = (secretKey: string) => Buffer.from(hkdfSync('sha256', secretKey, '', 'guanlan link', 32))
const sign = (body: string, secretKey: string) => createHmac('sha256', keyOf(secretKey)).update(body).digest()

/** The token of a link: what it does, signed. Whoever has it may do it; a nonce is accepted once. */
export function linkToken(link: Omit<Linked, 'nonce'>, secretKey: string): string {
  const body = Buffer.from(JSON.stringify({ ...link, nonce: randomBytes(9).toString('base64url') })).toString(
    'base64url',
  )
  return `${body}.${sign(body, secretKey).toString('base64url')}`
}

/** @returns undefined when it was not signed here, was changed, or is over */
export function readLink(token: string, secretKey: string, now = new Date()): Linked | undefined {
  const [body = '', signature = ''] = token.split('.')
  const [given, right] = [Buffer.from(signature, 'base64url'), sign(body, secretKey)]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  const link = linked.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')))
  return link.expires * 1000 > +now ? link : undefined
}
