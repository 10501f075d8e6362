import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type QueueName, queues } from './queues.ts'

/** What the jobs process counts; one registry an application, so that tests do not share it. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const metrics = {
    registry,
    runs: new Counter({
      name: 'guanlan_jobs_runs_total',
      help: 'Runs of jobs by queue and by how they ended: completed, failed, or stalled because their process was gone.',
      labelNames: ['queue', 'outcome'] as const,
      registers,
    }),
    seconds: new Histogram({
      name: 'guanlan_jobs_run_seconds',
      help: 'How long runs of jobs took.',
      labelNames: ['queue'] as const,
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100],
      registers,
    }),
    did: new Counter({
      name: 'guanlan_jobs_did_total',
      help: 'What runs of jobs have done: rows and buckets written, differences found.',
      labelNames: ['queue', 'what'] as const,
      registers,
    }),
    depth: new Gauge({
      name: 'guanlan_jobs_queue_depth',
      help: 'Jobs in a queue by state.',
      labelNames: ['queue', 'state'] as const,
      registers,
    }),
    waiting: new Gauge({
      name: 'guanlan_notifications_waiting',
      help: 'Notifications that are not delivered yet, and not given up.',
      labelNames: ['store_id'] as const,
      registers,
    }),
    oldestWaiting: new Gauge({
      name: 'guanlan_notifications_oldest_seconds',
      help: 'How long the oldest notification has been waiting; 0 when none is.',
      labelNames: ['store_id'] as const,
      registers,
    }),
    deliveries: new Counter({
      name: 'guanlan_deliveries_total',
      help: 'Attempts to tell a contact point something, by its type and by what came of it: sent, again, never or limited.',
      labelNames: ['type', 'outcome'] as const,
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'guanlan_delivery_seconds',
      help: 'How long attempts to tell a contact point something took.',
      labelNames: ['type'] as const,
      buckets: [0.03, 0.1, 0.3, 1, 3, 10, 30],
      registers,
    }),
    lag: new Gauge({
      name: 'guanlan_rollup_lag_seconds',
      help: 'How long ago the facts changed of which no good rollup has been made for longest; 0 when all are good.',
      labelNames: ['store_id'] as const,
      registers,
    }),
    badBuckets: new Gauge({
      name: 'guanlan_rollup_bad_buckets',
      help: 'Hours and days whose rollup is older than their facts; they are read from raw facts meanwhile.',
      labelNames: ['store_id'] as const,
      registers,
    }),
    late: new Gauge({
      name: 'guanlan_late_rows',
      help: 'Late rows of the last 35 days that arrived after their day had closed.',
      labelNames: ['store_id'] as const,
      registers,
    }),
    reopened: new Gauge({
      name: 'guanlan_reopened_days',
      help: 'Days of the last 35 whose numbers moved after they had closed.',
      labelNames: ['store_id'] as const,
      registers,
    }),
  }
  for (const queue of Object.keys(queues) as QueueName[]) {
    for (const outcome of ['completed', 'failed', 'stalled']) metrics.runs.inc({ queue, outcome }, 0)
  }
  return metrics
}
export type Metrics = ReturnType<typeof createMetrics>
