import { once } from 'node:events'
import { request as ask, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveStorefront } from '@guanlan/demo/storefront'
import { expect, test } from 'vitest'

/** Sends a request whose target is told as it stands, which `fetch` would not do. */
async function send(shop: string, method: string, path: string, { headers = {}, body = '' } = {}): Promise<number> {
  const { hostname, port } = new URL(shop)
  const sent = ask({ hostname, port, method, path, headers })
  sent.on('error', () => {})
  sent.end(body)
  const [answer] = await once(sent, 'response')
  answer.resume()
  return answer.statusCode
}

test('the storefront passes on what the tracker asks, to ingest and nowhere else', async () => {
  const seen: [string | undefined, string | undefined, string | undefined][] = []
  const server = createServer((request, response) => {
    seen.push([request.method, request.url, request.headers.authorization])
    request.resume().on('end', () => response.end('{}'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const forward = { ingest: at, key: 'secret', store_id: 'demo' }
  const shop = await serveStorefront({ host: '127.0.0.1', port: 0, tracker: { src: '/g.js' }, forward })
  const other = at.replace('127.0.0.1', 'localhost')

  expect(await send(shop.url, 'GET', '/g/config?key=demo&store_id=main')).toBe(200)
  expect(await send(shop.url, 'POST', '/v1/heatmap/snapshots', { body: '{}' })).toBe(200)
  expect(await send(shop.url, 'GET', `${other}/g.js`)).toBe(200)
  expect(seen.splice(0)).toEqual([
    ['GET', '/g/config?key=demo&store_id=demo', 'Bearer secret'],
    ['POST', '/v1/heatmap/snapshots?store_id=demo', 'Bearer secret'],
    ['GET', '/g.js?store_id=demo', 'Bearer secret'],
  ])

  expect(await send(shop.url, 'POST', '/v1/records/orders', { body: '[]' })).toBe(405)
  expect(await send(shop.url, 'PUT', '/v1/stores/x', { body: '{}' })).toBe(405)
  expect(await send(shop.url, 'GET', '/v1/stores/demo')).toBe(404)
  expect(await send(shop.url, 'GET', '/g/../v1/stores/demo')).toBe(404)
  expect(await send(shop.url, 'POST', '/v1/batch', { headers: { origin: 'https://evil.example' } })).toBe(403)
  expect(await send(shop.url, 'POST', '/v1/batch', { body: 'x'.repeat(5 * 2 ** 20), headers: { 'transfer-encoding': 'chunked' } })).toBe(413) // biome-ignore format: one request
  expect(await send(shop.url, 'GET', '/picture/constructor.svg')).toBe(404)
  expect(seen).toEqual([])
  await shop.close()
  server.close()
})
