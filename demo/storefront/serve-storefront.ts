import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Category, categories } from '../shop/categories.ts'
import { pageHtml, script, style, type Tracker } from './document.ts'
import { pageOf } from './pages.ts'
import { productOf } from './parts.ts'
import { pictureOf } from './pictures.ts'

interface Options {
  host: string
  /** 0: any that is free. */
  port: number
  tracker: Tracker
  /** Where the tracker's requests go on to, and with which key; none for a shop whose tracker speaks to ingest itself. */
  forward?: { ingest: string; key: string; store_id: string }
}

export interface Storefront {
  url: string
  close: () => Promise<void>
}

const textOf: Record<string, [type: string, text: string]> = {
  '/style.css': ['text/css; charset=utf-8', style],
  '/shop.js': ['text/javascript; charset=utf-8', script],
}

function picture(name: string): string | undefined {
  if (name in categories) return pictureOf(name as Category, 0, [1360, 440])
  const product = productOf(name)
  return product && pictureOf(product.category, Number(product.sku.slice(-3)))
}

const kept = ['content-type', 'user-agent', 'accept-encoding', 'if-none-match'] as const
const longest = 4.5 * 2 ** 20

/** The tracker's way to ingest through the shop's own address: the key of the store does not have to be in a page. */
async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { ingest, key, store_id }: NonNullable<Options['forward']>,
) {
  const url = new URL(request.url ?? '/', ingest)
  url.searchParams.set('store_id', store_id)
  if (Number(request.headers['content-length'] ?? 0) > longest) return response.writeHead(413).end()
  const headers = Object.fromEntries(
    kept.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
  )
  const body = request.method === 'POST' ? new Uint8Array(await buffer(request)) : undefined
  const answer = await fetch(url, {
    ...{
      method: request.method ?? 'GET',
      headers: { ...headers, 'accept-encoding': 'identity', authorization: `Bearer ${key}` },
    },
    ...(body && { body }),
  })
  const type = answer.headers.get('content-type') ?? 'application/json'
  response.writeHead(answer.status, {
    'content-type': type,
    'cache-control': answer.headers.get('cache-control') ?? 'no-store',
  })
  return response.end(Buffer.from(await answer.arrayBuffer()))
}

/** Serves the demo shop's pages to browsers; what they do is told to ingest by the tracker in them. */
export async function serveStorefront({ host, port, tracker, forward }: Options): Promise<Storefront> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop')
    if (forward && /^\/(v1\/|g\/|g\.js$)/.test(pathname)) return pass(request, response, forward)
    const [, name] = /^\/picture\/([a-z]+(?:-\d+)?)\.svg$/.exec(pathname) ?? []
    const drawn = name === undefined ? undefined : picture(name)
    const file = drawn ? (['image/svg+xml', drawn] as const) : textOf[pathname]
    if (file) return response.writeHead(200, { 'content-type': file[0], 'cache-control': 'max-age=300' }).end(file[1])
    const page = pageOf(pathname)
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    return response.end(page ? pageHtml(page, tracker) : '')
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.headersSent || response.writeHead(502).end())
  }).listen(port, host)
  await once(server, 'listening')
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
