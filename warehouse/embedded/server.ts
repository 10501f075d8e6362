import { createServer, type Server } from 'node:http'
import { answerQuery, type World } from './answer-query.ts'

const healthy = new Set(['/ping', '/replicas_status'])

/** ClickHouse's HTTP interface. */
export function createWarehouseServer(world: World): Server {
  const server = createServer({ maxHeaderSize: 1024 ** 2, keepAliveTimeout: 10_000, requestTimeout: 0 }, (req, res) => {
    const url = new URL(req.url ?? '/', 'http://warehouse')
    const asks = req.method === 'POST' || url.searchParams.has('query')
    const plain = (status: number, text: string) => {
      res.writeHead(status, { 'Content-Type': 'text/plain; charset=UTF-8' }).end(req.method === 'HEAD' ? '' : text)
    }
    if (healthy.has(url.pathname) || (url.pathname === '/' && !asks)) plain(200, 'Ok.\n')
    else if (url.pathname === '/' || url.pathname === '/query') void answerQuery(world, req, res, url.searchParams)
    else
      plain(
        404,
        `There is no handle ${url.pathname}\n\nUse / or /ping for health checks.\nOr /replicas_status for more sophisticated health checks.\nSend queries from your program with POST method or GET /?query=...\n`,
      )
  })
  return server
}
