import ipaddr from 'ipaddr.js'

/** Where notifications may go besides the public internet. */
export interface AllowedHosts {
  /** By name, as the address has it; then its own addresses and plain http are good. */
  name: (host: string, port: number) => boolean
  /** By number. */
  ip: (ip: string, port: number) => boolean
}

interface Entry {
  host?: string
  range?: [ipaddr.IPv4 | ipaddr.IPv6, number]
  port?: number
}

function entryOf(text: string): Entry {
  if (ipaddr.isValidCIDR(text)) return { range: ipaddr.parseCIDR(text) }
  const [, host = '', port] = /^(?:\[(?=.*\]))?(.*?)\]?(?::(\d+))?$/.exec(text) ?? []
  const whole = ipaddr.isValid(text) ? text : host
  const at = port !== undefined && whole === host ? { port: Number(port) } : {}
  if (!ipaddr.isValid(whole)) return { host: whole.toLowerCase(), ...at }
  const ip = ipaddr.process(whole)
  return { range: [ip, ip.kind() === 'ipv4' ? 32 : 128], ...at }
}

/**
 * @param list separated by commas: `mail.lan`, `hooks.lan:8080`, `10.1.2.3`, `10.0.0.0/8`, `[fd00::5]:8080`
 */
export function allowedHosts(list: string): AllowedHosts {
  const entries = list
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(entryOf)
  const fits = (entry: Entry, port: number) => entry.port === undefined || entry.port === port
  return {
    name: (host, port) => entries.some((entry) => entry.host === host.toLowerCase() && fits(entry, port)),
    ip: (text, port) => {
      const ip = ipaddr.process(text)
      return entries.some((entry) => {
        if (!entry.range || !fits(entry, port) || entry.range[0].kind() !== ip.kind()) return false
        return ip.match(entry.range as never)
      })
    },
  }
}

const globalUnicast = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/**
 * Whether an address is somebody's on the public internet: not private, loopback, link-local (a cloud's metadata), shared
 * by a carrier, reserved, or an IPv4 address in an IPv6 coat, which a gateway may turn into any of these.
 */
export function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const ip = ipaddr.parse(text)
  if (ip.range() !== 'unicast') return false
  return ip.kind() === 'ipv4' || (ip as ipaddr.IPv6).match(globalUnicast)
}
