import { expect, test } from 'vitest'
import { linkToken, readLink } from './link.ts'

const link = { store_id: 's', incident_id: 'i', do: 'acknowledge', contact_point_id: 'c', expires: 2_000_000_000 } as const // biome-ignore format: one link
const now = new Date(1_999_999_999_000)

test('a link says what was signed, until it is over', () => {
  const token = linkToken(link, 'secret')
  expect(readLink(token, 'secret', now)).toMatchObject(link)
  expect(readLink(token, 'secret', new Date(2_000_000_000_000))).toBeUndefined()
  expect(linkToken(link, 'secret')).not.toBe(token)
})

test('what was not signed here is none', () => {
  const token = linkToken(link, 'secret')
  const [, signature] = token.split('.')
  const other = Buffer.from(JSON.stringify({ ...link, incident_id: 'j', nonce: 'n' })).toString('base64url')
  for (const bad of ['', 'a.b', token.slice(0, -2), `${other}.${signature}`]) {
    expect(readLink(bad, 'secret', now)).toBeUndefined()
  }
  expect(readLink(token, 'another secret', now)).toBeUndefined()
})
