import type { Logger } from 'pino'
import type { Engine } from './engine.ts'
import type { Lane } from './places.ts'
import type { Sessions } from './sessions.ts'
import type { Transfer } from './transfer.ts'
import type { Turn } from './turn.ts'

/** What requests share. */
export interface World {
  engine: Engine
  transfer: Transfer
  /** Places for statements that read, and for all others. */
  reads: Lane
  writes: Lane
  sessions: Sessions
  turns: Set<Turn>
  /** query id of a client → mark of its statement */
  running: Map<string, string>
  credentials: { user: string; password: string }
  bodyBytes: number
  idleMs: number
  count: { queries: number; errors: number; bytesIn: number; bytesOut: number }
  log: Logger
}
