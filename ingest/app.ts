import { Hono } from 'hono'
import { cors } from './cors.ts'
import { measurementProtocol } from './events/measurement-protocol.ts'
import { segment } from './events/segment.ts'
import { health } from './health.ts'
import { heatmap } from './heatmap/route.ts'
import { observe } from './observe.ts'
import { answerProblem, Problem } from './problem.ts'
import { records } from './records/route.ts'
import { stores } from './stores.ts'
import { tracker } from './tracker/serving/route.ts'
import type { World } from './world.ts'

/** The write API, built from what it stands on. */
export function createApp(world: World): Hono {
  const app = new Hono()
  app.use(observe(world))
  app.use('/v1/*', cors)
  app.route('/v1', segment(world))
  app.route('/v1/heatmap', heatmap(world))
  app.route('/v1/records', records(world))
  app.route('/v1/stores', stores(world))
  app.use('/mp/*', cors)
  app.route('/', measurementProtocol(world))
  app.route('/', tracker(world))
  app.route('/', health(world))
  app.notFound((c) => answerProblem(c, new Problem('not_found', `There is no ${c.req.method} ${c.req.path} here.`)))
  app.onError((error, c) => {
    if (error instanceof Problem) return answerProblem(c, error)
    world.log.error({ err: error, path: c.req.path }, 'a request failed')
    return answerProblem(c, new Problem('internal', 'The reason is in the log of ingest.'))
  })
  return app
}
