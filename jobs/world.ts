import type { Warehouse } from '@guanlan/warehouse/client'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Payload, QueueName } from './queues.ts'

/** What a handler works with. */
export interface World {
  warehouse: Warehouse
  redis: Redis
  /** Names the cluster that the tables are distributed over. */
  cluster?: string | undefined
  log: Logger
  /** Asks for another job of a store. */
  wake: (name: QueueName, store_id: string, options?: { delayMs?: number }) => Promise<void>
  /** Aborted when the process is to end: finish what is being written, leave the rest for the next run. */
  signal: AbortSignal
}

/** What a run did, in numbers, for the log and the metrics; `again` asks for another run at once. */
interface Outcome {
  again?: boolean
  did: Record<string, number>
  /** For whoever waits for the job to be finished; else it is what was done. */
  answer?: unknown
}

/** Does a job. It may be run twice, beside itself in another process, and be killed at any moment. */
export type Handler<Name extends QueueName> = (world: World, payload: Payload<Name>) => Promise<Outcome>
