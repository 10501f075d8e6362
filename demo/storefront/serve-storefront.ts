import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
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
  if (Object.hasOwn(categories, name)) return pictureOf(name as Category, 0, [1360, 440])
  const product = productOf(name)
  return product && pictureOf(product.category, Number(product.sku.slice(-3)))
}

const kept = ['content-type', 'user-agent', 'if-none-match'] as const
const longest = 4.5 * 2 ** 20
const patienceMs = 20_000

/** What the tracker asks of ingest, and nothing else: the key that goes with it may do more. */
const mayPass = (method: string | undefined, pathname: string) =>
  method === 'GET'
    ? /^\/g(\/[\w.@-]+|\.js)$/.test(pathname)
    : method === 'POST' && /^\/v1\/(batch|heatmap(\/snapshots)?)$/.test(pathname)

/** A body; undefined past the bound. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > longest) return undefined
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** The tracker's way to ingest through the shop's own address: the key of the store does not have to be in a page. */
async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { ingest, key, store_id }: NonNullable<Options['forward']>,
) {
  // Of what was asked only the path and the query: an address may name another host.
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop')
  const { origin, host } = request.headers
  if (origin && new URL(origin).host !== host) return response.writeHead(403).end()
  const url = new URL(ingest)
  url.pathname = pathname
  searchParams.set('store_id', store_id)
  url.search = searchParams.toString()
  const body = request.method === 'POST' ? await bodyOf(request) : undefined
  if (request.method === 'POST' && !body) return response.writeHead(413, { connection: 'close' }).end()
  const answer = await fetch(url, {
    method: request.method ?? 'GET',
    headers: {
      ...Object.fromEntries(
        kept.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
      ),
      'accept-encoding': 'identity',
      authorization: `Bearer ${key}`,
    },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
    ...(body && { body }),
  })
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
    'cache-control': answer.headers.get('cache-control') ?? 'no-store',
  })
  return response.end(Buffer.from(await answer.arrayBuffer()))
}

/** Serves the demo shop's pages to browsers; what they do is told to ingest by the tracker in them. */
export async function serveStorefront({ host, port, tracker, forward }: Options): Promise<Storefront> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop')
    if (forward && mayPass(request.method, pathname)) return pass(request, response, forward)
    if (request.method !== 'GET' && request.method !== 'HEAD') return response.writeHead(405).end()
    const [, name] = /^\/picture\/([a-z]+(?:-\d+)?)\.svg$/.exec(pathname) ?? []
    const drawn = name === undefined ? undefined : picture(name)
    const file = drawn
      ? (['image/svg+xml', drawn] as const)
      : Object.hasOwn(textOf, pathname)
        ? textOf[pathname]
        : undefined
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
