import type { Warehouse } from '@guanlan/warehouse/client'
import type { Logger } from 'pino'
import { Gauge } from 'prom-client'
import type { Directory } from '../access/directory.ts'
import type { Metrics } from '../metrics.ts'
import { KnownSnapshots } from './known-snapshots.ts'
import { PageBudget } from './page-budget.ts'
import { Starred } from './starred.ts'

/** What this process remembers of the pages that are tracked; bounded, and made anew at each start. */
export interface Heatmaps {
  budget: PageBudget
  /** Of bots, which spend nothing of what people's views have. */
  botBudget: PageBudget
  snapshots: KnownSnapshots
  snapshotBudget: PageBudget
  /** Masks the texts of copies. */
  starred: Starred
}

interface Options {
  warehouse: Warehouse
  directory: Directory
  log: Logger
  metrics: Metrics
}

export function openHeatmaps({ warehouse, directory, log, metrics: { registry } }: Options): Heatmaps {
  const budget = new PageBudget()
  const snapshots = new KnownSnapshots({
    warehouse,
    patterns: (store_id) => directory.tracking(store_id).page_groups,
    onFailed: (error) => log.debug({ err: error }, 'the known copies of pages cannot be read'),
  })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('guanlan_ingest_heatmap_pages', 'Pages whose views are counted today', () => budget.pages)
  gauge(
    'guanlan_ingest_heatmap_pages_forgotten',
    'Pages whose count began again for want of room',
    () => budget.forgotten,
  )
  gauge('guanlan_ingest_heatmap_copies', 'Copies of pages that are known', () => snapshots.size)
  // Its hashes are stars: there is no secret in them.
  return {
    ...{
      budget,
      snapshots,
      botBudget: new PageBudget({ views: 10_000 }),
      snapshotBudget: new PageBudget({ views: 10_000 }),
    },
    starred: new Starred(''),
  }
}
