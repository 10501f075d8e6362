import type { Arrival } from '@guanlan/warehouse/queries/arrivals/contract'
import type { DataHealthAnswer } from '@guanlan/warehouse/queries/data-health/contract'
import type { RejectionsAnswer } from '@guanlan/warehouse/queries/rejections/contract'
import type { Storage } from '@guanlan/warehouse/queries/storage/storage'
import type { IngestState } from '#lib/server/health/ingest-state.ts'
import type { QueueState } from '#lib/server/health/queue-states.ts'
import type { RedisState } from '#lib/server/health/redis-state.ts'

/** What can be known of a store's data. */
export interface StoreFacts {
  arrivals: readonly Arrival[]
  rejections: RejectionsAnswer
  data: DataHealthAnswer
}

/** What can be known of the machinery that all stores share; null: it did not answer. */
export interface InstanceFacts {
  ingest: IngestState
  queues: readonly QueueState[] | null
  redis: RedisState | null
  storage: Storage | null
}
