import type { Tracking } from '@guanlan/warehouse/settings/tracking'
import type { Directory } from '../access/directory.ts'

/** What the browser's files are told of a store: `config` of the tracker. */
export type TrackingConfig = Pick<Tracking, 'heatmap_rate' | 'snapshots' | 'mask' | 'block' | 'module_selector'>

/** How a store's pages are to be tracked, as last read from its settings; asks nobody. */
export function trackingConfig(directory: Pick<Directory, 'tracking'>, store_id: string): TrackingConfig {
  const { heatmap_rate, snapshots, mask, block, module_selector } = directory.tracking(store_id)
  return { heatmap_rate, snapshots, mask, block, module_selector }
}
