import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { keys, openTestIngest, type TestIngest, until } from '../../testing.ts'
import { chromiumPath } from './env.ts'

/** One request that came to ingest. */
interface Request {
  method: string
  path: string
  contentType: string
  body: string
}

/** A message as it came. */
interface Message {
  type: string
  event?: string
  messageId: string
  anonymousId?: string
  userId?: string
  timestamp: string
  properties?: Record<string, unknown>
  traits?: Record<string, unknown>
  context: { sessionId?: string; page: Record<string, string>; webdriver: boolean }
}

export interface TestShop {
  ingest: TestIngest
  /** Origins: the shop's and, another one, ingest's. */
  shop: string
  host: string
  requests: Request[]
  /** The attributes of the tag besides its key; undefined for a shop without the tag. */
  tag: string | undefined
  /** What a page holds, and the shop's own scripts by their path. */
  content: string
  scripts: Record<string, string>
  /** Other headers of the shop's pages; the policy stays where none is named. */
  headers: Record<string, string>
  /** The status with which ingest answers what is posted there, when not as it does; `/v1/batch` is where messages go. */
  answer: ((body: string, path: string) => number | undefined | Promise<number | undefined>) | undefined
  /** Messages in the order in which they came, copies too. */
  messages: (name?: string) => Message[]
  names: () => string[]
  /** The messages, once there are so many. */
  sent: (count: number, name?: string) => Promise<Message[]>
  open: (options?: BrowserContextOptions) => Promise<Page>
  /** Closes the pages, and forgets them when their last words are there. */
  clear: () => Promise<void>
  close: () => Promise<void>
}

async function listen(server: Server, hostname: string): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://${hostname}:${(server.address() as AddressInfo).port}`
}

const blank = { tag: '', content: '', scripts: {}, headers: {}, answer: undefined }

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

/** Ingest over HTTP, a shop on another origin that allows no other script than ingest's, and a browser. */
export async function openTestShop(): Promise<TestShop> {
  const ingest = await openTestIngest()
  const requests: Request[] = []
  const ingestServer = createServer(
    getRequestListener(async (request) => {
      const { pathname, search } = new URL(request.url)
      const copy = request.method === 'POST' ? await request.clone().text() : ''
      const contentType = request.headers.get('content-type') ?? ''
      const status = request.method === 'POST' && (await shop.answer?.(copy, pathname))
      const headers = { 'access-control-allow-origin': '*' }
      const answer = status ? new Response('', { status, headers }) : await ingest.app.fetch(request)
      // What is told here is on ingest's disk.
      requests.push({ method: request.method, path: pathname + search, contentType, body: copy })
      return answer
    }),
  )
  const host = await listen(ingestServer, '127.0.0.1')
  const policy = `default-src 'none'; script-src ${host}; connect-src ${host}`
  const shopServer = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end()
    const headers = { 'content-security-policy': policy, ...shop.headers }
    const script = shop.scripts[request.url ?? '']
    if (script !== undefined) return response.setHeader('content-type', 'text/javascript').end(script)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
    const tag = `<script defer src="${host}/g.js" data-key="${keys.write}" ${shop.tag}></script>`
    const title = new URL(request.url ?? '', 'http://shop').pathname
    return response.end(
      `<!doctype html><title>Shop ${title}</title>${shop.tag === undefined ? '' : tag}<body>${shop.content}</body>`,
    )
  })
  // The back-forward cache is among what Playwright turns off.
  const ignoreDefaultArgs = ['--disable-back-forward-cache']
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args, ignoreDefaultArgs })
  const shop: TestShop = {
    ...{ ingest, requests, host, ...blank },
    shop: await listen(shopServer, 'localhost'),
    messages: (name) =>
      requests
        .filter(({ method, path }) => method === 'POST' && path === '/v1/batch')
        .flatMap(({ body }) => {
          const { batch, context } = JSON.parse(body) as { batch: Message[]; context: object }
          return batch.map((message) => ({ ...message, context: { ...context, ...message.context } }))
        })
        .filter(({ event, type }) => !name || (event ?? type) === name),
    names: () => shop.messages().map(({ event, type }) => event ?? type),
    sent: async (count, name) => {
      await until(`${count} × ${name ?? 'any message'} came`, () => shop.messages(name).length >= count, 20_000)
      return shop.messages(name)
    },
    open: async (options = {}) => {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      return page
    },
    clear: async () => {
      for (const context of browser.contexts()) await context.close()
      do {
        requests.length = 0
        await sleep(300)
      } while (requests[0])
      Object.assign(shop, blank)
    },
    close: async () => {
      await browser.close()
      for (const server of [ingestServer, shopServer]) {
        server.closeAllConnections()
        server.close()
      }
      await ingest.close()
    },
  }
  return shop
}
