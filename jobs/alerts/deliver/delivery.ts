import type { AttemptMetrics } from './attempt.ts'
import type { Limiter } from './limiter.ts'
import type { Net } from './net/net.ts'

/** What deliveries work with besides the world of jobs. */
export interface Delivery {
  secretKey: string
  /** Where people open the dashboard. */
  dashboardUrl: string
  net: Net
  limiter: Limiter
  metrics: AttemptMetrics
  clock: () => Date
  /** How long it is tried to note what a receiver has answered. */
  patienceMs: number
}
