import type { MiddlewareHandler } from 'hono'

/**
 * Lets browsers send from anywhere: which origins a key may be used from is decided when the key is known, and nothing
 * here reads cookies.
 */
export const cors: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  if (origin) {
    c.header('access-control-allow-origin', origin)
    c.header('vary', 'Origin')
  }
  if (c.req.method !== 'OPTIONS') return next()
  c.header('access-control-allow-methods', 'POST, PUT, OPTIONS')
  c.header('access-control-allow-headers', 'authorization, content-type, content-encoding, x-retry-count')
  c.header('access-control-max-age', '86400')
  return c.body(null, 204)
}
