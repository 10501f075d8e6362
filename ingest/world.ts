import type { Warehouse } from '@guanlan/warehouse/client'
import type { KeyUse } from '@guanlan/warehouse/settings/key-use'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Directory } from './access/directory.ts'
import type { InFlight } from './body/in-flight.ts'
import type { Personal } from './events/personal.ts'
import type { VisitorSalts } from './events/visitor-salt.ts'
import type { Heatmaps } from './heatmap/heatmaps.ts'
import type { Metrics } from './metrics.ts'
import type { Spool } from './spool/spool.ts'
import type { BrowserFiles } from './tracker/serving/browser-files.ts'

/** What the routes stand on. */
export interface World {
  directory: Directory
  keyUse: KeyUse
  spool: Spool
  warehouse: Warehouse
  redis: Redis
  /** Names the cluster that the tables are distributed over. */
  cluster: string | undefined
  personal: Personal
  salts: VisitorSalts
  /** The header in which a proxy tells a visitor's address. */
  addressHeader: string | undefined
  metrics: Metrics
  inFlight: InFlight
  /** Made when they are asked for first. */
  browserFiles: () => Promise<BrowserFiles>
  heatmaps: Heatmaps
  log: Logger
  maxBodyBytes: number
  /** Our clock, in milliseconds. */
  now: () => number
}
