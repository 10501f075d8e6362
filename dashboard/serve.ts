import { createServer, type RequestListener } from 'node:http'
import { pino } from 'pino'
import { adapterHeaders, readEnv, tellAdapter } from './env.ts'

const log = pino({ name: 'dashboard' })

function readEnvOrExit() {
  try {
    return readEnv()
  } catch (error) {
    log.fatal(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}

const env = readEnvOrExit()
const outside = env.DASHBOARD_URL && new URL(env.DASHBOARD_URL)

tellAdapter(env)
// A computed address: the build is no source, and is not there when types are checked.
const { handler }: { handler: (...args: [...Parameters<RequestListener>, () => void]) => void } = await import(
  new URL('./build/handler.js', import.meta.url).href
)

// What a client sends in these two headers is overwritten.
const server = createServer((request, response) => {
  request.headers[adapterHeaders.protocol] = outside ? outside.protocol.slice(0, -1) : 'http'
  request.headers[adapterHeaders.host] = outside ? outside.host : (request.headers.host ?? '')
  handler(request, response, () => response.writeHead(404).end())
})
server.requestTimeout = 60_000

server.on('error', (error: NodeJS.ErrnoException) => {
  const { DASHBOARD_PORT: port } = env
  log.fatal(error.code === 'EADDRINUSE' ? `DASHBOARD_PORT ${port} is in use.` : error.message)
  process.exit(1)
})
server.listen(env.DASHBOARD_PORT, env.HOST, () => log.info({ port: env.DASHBOARD_PORT, host: env.HOST }, 'listening'))

let stopping = false
function stop() {
  if (stopping) return
  stopping = true
  // Open event streams end when their connections are let go; plain requests get two seconds to finish.
  process.emit('sveltekit:stopping' as never)
  server.close(() => process.emit('sveltekit:shutdown' as never))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), 2000).unref()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
