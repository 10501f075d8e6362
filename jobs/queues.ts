import { z } from 'zod'

/** Every queue and the payload of its jobs: what producers and workers share. */
export const queues = {
  /** Brings sessions, attribution and rollups of a store up to its newest facts. */
  recompute: z.object({ store_id: z.string() }),
  /** Snapshots of repurchase, cohorts, RFM and returns as of now. */
  'refresh-customers': z.object({ store_id: z.string() }),
  /** Compares the last 35 days of the rollups with raw facts and recomputes what differs. */
  compare: z.object({ store_id: z.string() }),
} as const
export type QueueName = keyof typeof queues
export type Payload<Name extends QueueName> = z.output<(typeof queues)[Name]>
