import { createServer, type Server } from 'node:http'
import { answerQuery } from './answer-query.ts'
import { isForeignPage } from './authenticate.ts'
import { metricsText } from './metrics-text.ts'
import type { World } from './world.ts'

const unknownPath = (path: string) => `There is no handle ${path}

Use / or /ping for health checks.
Or /replicas_status for more sophisticated health checks.

Send queries from your program with POST method or GET /?query=...

Use clickhouse-client:

For interactive data analysis:
    clickhouse-client

For batch query processing:
    clickhouse-client --query='SELECT 1' > result
    clickhouse-client < query > result
`

/** ClickHouse's HTTP interface over the engine in this process. */
export function createWarehouseServer(world: World): Server {
  const server = createServer({ maxHeaderSize: 1024 ** 2, keepAliveTimeout: 10_000, requestTimeout: 0 }, (req, res) => {
    res.shouldKeepAlive &&= server.listening
    const plain = (status: number, text: string, type = 'text/plain; charset=UTF-8') => {
      res.writeHead(status, { 'Content-Type': type }).end(text)
    }
    if (world.credentials.password === '' && isForeignPage(req))
      return plain(
        403,
        'Without a password this answers programs that ask for localhost, not pages of other origins.\n',
      )
    const target = req.url ?? '/'
    const url = URL.canParse(target, 'http://warehouse') ? new URL(target, 'http://warehouse') : undefined
    if (!url) return plain(400, 'The address cannot be read.\n')
    const path = url.pathname
    if (req.method === 'OPTIONS') return void res.writeHead(204).end()
    if (!['GET', 'HEAD', 'POST'].includes(req.method ?? ''))
      return plain(501, `The method ${req.method} is not done here.\n`)
    if (path === '/ping' || path === '/replicas_status') return plain(200, 'Ok.\n')
    if (path === '/metrics') return plain(200, metricsText(world), 'text/plain; version=0.0.4; charset=utf-8')
    if (path === '/play' || path === '/dashboard' || path === '/binary' || path === '/merges')
      return plain(501, `ClickHouse's page ${path} is not here: connect a client to this address.\n`)
    if (path !== '/' && path !== '/query') return plain(404, unknownPath(path))
    if (path === '/' && req.method !== 'POST' && !url.searchParams.has('query')) return plain(200, 'Ok.\n')
    void answerQuery(world, req, res, url.searchParams)
  })
  return server
}
