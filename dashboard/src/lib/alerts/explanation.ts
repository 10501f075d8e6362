import type { Explanation as Stored } from '@guanlan/warehouse/alerts/incident'
import type { Slice } from './incident-row.ts'

/** An explanation in the reader's language. */
export interface Explanation extends Omit<Stored, 'causes' | 'playbook'> {
  causes: (Omit<Stored['causes'][number], 'slices'> & { slices: Slice[] })[]
  playbook: string[]
}
