import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * Where a request comes from: by the header of the proxy that stands in front, else by its connection; '' when neither
 * tells. Of several the last is the one that the proxy saw: what comes before it anybody may have written.
 */
export function addressOf(c: Context, header: string | undefined): string {
  if (header) return c.req.header(header)?.split(',').at(-1)?.trim() ?? ''
  // Without a server, as in tests, there is no connection.
  return c.env?.incoming ? (getConnInfo(c).remote.address ?? '') : ''
}
