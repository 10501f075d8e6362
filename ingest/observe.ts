import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { World } from './world.ts'

/** Measures every request and logs it, without headers, query and body: keys are in all three. */
export const observe =
  ({ metrics, log }: Pick<World, 'metrics' | 'log'>): MiddlewareHandler =>
  async (c, next) => {
    const began = performance.now()
    await next()
    const seconds = (performance.now() - began) / 1000
    const { status } = c.res
    metrics.requests.observe({ route: routePath(c, -1), status }, seconds)
    const level = status >= 500 ? 'error' : status >= 400 ? 'info' : 'debug'
    log[level]({ method: c.req.method, path: c.req.path, status, ms: Math.round(seconds * 1000) }, 'request')
  }
