import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
  json: never
}

interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: unknown
}

/** A receiver on this machine that keeps what it gets; for tests. */
export async function startReceiver(answer: (got: Received, count: number) => Answer | Promise<Answer>) {
  const received: Received[] = []
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    const json = () => {
      try {
        return JSON.parse(body)
      } catch {
        return undefined
      }
    }
    const got = { path: req.url ?? '', headers: req.headers, body, json: json() as never }
    received.push(got)
    const { status = 200, headers = {}, body: told = '' } = await answer(got, received.length)
    res.writeHead(status, headers).end(typeof told === 'string' ? told : JSON.stringify(told))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
