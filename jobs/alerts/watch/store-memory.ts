import type { DataWatch } from './data-watch.ts'
import type { Watched } from './judge-buckets.ts'
import type { Beginning } from './read-beginning.ts'
import type { Stretch } from './read-table.ts'
import type { State } from './states.ts'
import type { Uplift } from './uplift.ts'

/** A series as a process remembers it. */
export interface Remembered extends Watched {
  /** Of which definition it has learnt. */
  of: string
  /** By which options it judges. */
  options: string
  /** Up to here nothing is raised: it is history to this series. */
  silentUntil: number
  savedUntil: number
}

/** What a process remembers of a store between two runs; what it loses is learnt again from states and facts. */
export interface StoreMemory {
  /** The newest minute that needs nothing more. */
  doneUntil: number
  hasPresets: boolean
  /** As saved, for series that are not watched yet. */
  states: Map<string, State> | undefined
  beginning: Beginning
  watched: Map<string, Remembered>
  data: { watch: DataWatch; until: number; savedUntil: number } | undefined
  /** Stretches without data that count, in order of time. */
  troubles: Stretch[] | undefined
  /** Values of the slices of rules, and when they were looked up. */
  values: Map<string, { at: number; values: string[] }>
  uplifts: Map<string, Promise<Map<string, Uplift>>>
}

export const newMemory = (): StoreMemory => ({
  ...{ doneUntil: 0, hasPresets: false, states: undefined, data: undefined, troubles: undefined },
  beginning: { traffic: null, sales: null },
  ...{ watched: new Map(), values: new Map(), uplifts: new Map() },
})

/** States are by rule and slice, as series are. */
export const stateKey = (rule_id: string, slice: string): string => JSON.stringify([rule_id, slice])
