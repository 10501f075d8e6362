import { lookup as systemLookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { Agent, request } from 'undici'
import { type AllowedHosts, allowedHosts, isPublic } from './allowed-hosts.ts'

/** Why a request was not made or not finished. */
export class NetError extends Error {
  override name = 'NetError'
  readonly code: 'not_allowed' | 'unreachable' | 'timeout' | 'answer_too_large'

  constructor(code: NetError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

interface Resolved {
  address: string
  family: 4 | 6
}
type Lookup = (host: string) => Promise<Resolved[]>

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** The only way from here to a receiver. */
export interface Net {
  /** @throws NetError */
  post: (url: string, message: { headers: Record<string, string>; body: string }) => Promise<Answer>
  /** Addresses of a host that may be connected to. @throws NetError */
  resolve: (host: string, port: number) => Promise<Resolved[]>
  /** Whether a host may be spoken to without TLS. */
  isAllowed: (host: string, port: number) => boolean
}

interface Options {
  /** ALERT_ALLOW_HOSTS */
  allow: string
  /** Of names; the system's unless told. */
  lookup?: Lookup
  timeoutMs?: number
  mostBytes?: number
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

const named: Lookup = async (host) =>
  (await systemLookup(host, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))

async function addressesOf(host: string, port: number, allowed: AllowedHosts, lookup: Lookup): Promise<Resolved[]> {
  const isNumber = ipaddr.isValid(host)
  const found = isNumber
    ? [{ address: host, family: ipaddr.parse(host).kind() === 'ipv6' ? 6 : 4 } as const]
    : await lookup(host).catch((cause: unknown) => {
        throw new NetError('unreachable', `${host} has no address.`, { cause })
      })
  const good = found.filter(
    ({ address }) => isPublic(address) || allowed.ip(address, port) || (!isNumber && allowed.name(host, port)),
  )
  if (good.length === 0) {
    throw new NetError('not_allowed', `${host} is not on the public internet, and ALERT_ALLOW_HOSTS does not name it.`)
  }
  return good
}

/**
 * Requests that only reach what they may. A name is looked up once for a connection, and the connection goes to the very
 * address that was looked at: an answer of the name server that is another a moment later changes nothing. Redirects are
 * not followed; time and the answer's size are bounded.
 */
export function openNet({ allow, lookup = named, timeoutMs = 8000, mostBytes = 65_536 }: Options): Net {
  const allowed = allowedHosts(allow)
  const resolve = (host: string, port: number) => addressesOf(bare(host), port, allowed, lookup)
  const isAllowed = (host: string, port: number) => {
    const name = bare(host)
    return allowed.name(name, port) || (ipaddr.isValid(name) && allowed.ip(name, port))
  }
  const agentOf = (port: number) =>
    new Agent({
      connections: 1,
      connect: {
        timeout: timeoutMs,
        lookup: (host, options, done) => {
          resolve(host, port).then(
            (found) => {
              const [first] = found as [Resolved, ...Resolved[]]
              if (options.all) done(null, found)
              else done(null, first.address, first.family)
            },
            (error: NodeJS.ErrnoException) => done(error, [], 4),
          )
        },
      },
    })

  const post: Net['post'] = async (address, { headers, body }) => {
    const url = new URL(address)
    const port = Number(url.port || (url.protocol === 'http:' ? 80 : 443))
    if (url.protocol === 'http:' && !isAllowed(url.hostname, port)) {
      throw new NetError('not_allowed', `${url.hostname} is not spoken to over plain http: use https://.`)
    }
    // A number is connected to without being looked up.
    if (ipaddr.isValid(bare(url.hostname))) await resolve(url.hostname, port)
    const signal = AbortSignal.timeout(timeoutMs)
    const agent = agentOf(port)
    try {
      const answer = await request(url, { method: 'POST', headers, body, dispatcher: agent, signal })
      const told = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
      return {
        status: answer.statusCode,
        headers: Object.fromEntries(told),
        body: await textOf(answer.body, mostBytes),
      }
    } catch (cause) {
      if (cause instanceof NetError) throw cause
      if (signal.aborted) throw new NetError('timeout', `${url.hostname} did not answer in ${timeoutMs} ms.`, { cause })
      throw new NetError('unreachable', `${url.hostname} cannot be reached: ${(cause as Error).message}`, { cause })
    } finally {
      await agent.destroy()
    }
  }
  return { post, resolve, isAllowed }
}

async function textOf(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new NetError('answer_too_large', `The answer is larger than ${mostBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
