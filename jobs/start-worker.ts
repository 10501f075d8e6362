import { UnrecoverableError, Worker } from 'bullmq'
import type { Metrics } from './metrics.ts'
import { type Payload, prefix, type QueueName, queues } from './queues.ts'
import type { Handler, World } from './world.ts'

interface Options {
  metrics: Metrics
  concurrency: number
  /** Told when the worker's own loop ends with an error: it takes no more jobs. */
  onCrash: (error: Error) => void
}

/** Runs the jobs of a queue: the one place where workers are made, and where their failures are seen. */
export function startWorker<Name extends QueueName>(
  name: Name,
  handler: Handler<Name>,
  world: World,
  { metrics, concurrency, onCrash }: Options,
): Worker {
  const log = world.log.child({ queue: name })
  const worker = new Worker(
    name,
    async (job) => {
      const payload = queues[name].safeParse(job.data)
      if (!payload.success) throw new UnrecoverableError(`The job's data are wrong: ${payload.error.message}`)
      const stop = metrics.seconds.startTimer({ queue: name })
      const { did, again, answer } = await handler(world, payload.data as Payload<Name>).finally(stop)
      for (const [what, count] of Object.entries(did)) metrics.did.inc({ queue: name, what }, count)
      if (again && !world.signal.aborted) await world.wake(name, payload.data.store_id, { delayMs: 0 })
      return answer ?? did
    },
    {
      connection: world.redis,
      prefix,
      concurrency,
      autorun: false,
      // A killed process's jobs are taken up by another after at most 15 s.
      lockDuration: 10_000,
      stalledInterval: 5000,
      maxStalledCount: 10,
      // Runs by the minute, of a day: what the dashboard tells of a queue.
      metrics: { maxDataPoints: 24 * 60 },
    },
  )
  worker.on('completed', () => metrics.runs.inc({ queue: name, outcome: 'completed' }))
  worker.on('failed', (job, error) => {
    metrics.runs.inc({ queue: name, outcome: 'failed' })
    log.error({ err: error, job: job?.id, ...job?.data, attempt: job?.attemptsMade }, 'job failed')
  })
  worker.on('stalled', (job) => {
    metrics.runs.inc({ queue: name, outcome: 'stalled' })
    log.warn({ job }, 'job stalled: its process was gone; it runs again')
  })
  // An absent Redis is told once by its connection; here each attempt of each worker to reach it would be.
  worker.on('error', (error) => {
    if (world.redis.status === 'ready') log.error({ err: error }, 'worker error')
  })
  worker.run().catch((error: Error) => {
    log.fatal({ err: error }, 'worker ended')
    onCrash(error)
  })
  return worker
}
