import type { IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import type { Outcome } from './book.ts'
import { type DataVerdict, DataWatch } from './data-watch.ts'
import { readDataMinutes } from './read-data-minutes.ts'
import { type Stretch, wholeBuckets } from './read-table.ts'
import type { Rule } from './series.ts'
import type { Settled } from './settled.ts'
import { type StoreMemory, stateKey } from './store-memory.ts'
import { historyMs } from './watched-series.ts'

/** Under which its state is saved: rules have ids of their own. */
export const dataStateId = ' data'
export const dataDefinition = 'events'

const minutesAtOnce = 5000
const minuteMs = 60_000

/** Adds a stretch that begins where others end, or later. */
export function addTrouble(troubles: Stretch[], { start, end }: Stretch): void {
  const last = troubles.at(-1)
  if (last && start <= last.end) last.end = Math.max(last.end, end)
  else troubles.push({ start, end })
}

/** An incident of missing data ends after so many minutes of data. */
const calmMs = 3 * minuteMs

/** The stretches without data that incidents tell of; one that is open lasts until now. */
export function troublesOf(incidents: readonly IncidentVersion[], now: number): Stretch[] {
  const troubles: Stretch[] = []
  const stretches = incidents.map(({ value }) => ({
    start: Date.parse(value.began_at),
    end: value.resolved_at ? Date.parse(value.resolved_at) - calmMs : now,
  }))
  for (const stretch of stretches.sort((a, b) => a.start - b.start)) addTrouble(troubles, stretch)
  return troubles
}

function openData(memory: StoreMemory, last: number): NonNullable<StoreMemory['data']> {
  const saved = memory.states?.get(stateKey(dataStateId, ''))
  const oldest = last - historyMs.minute
  if (saved && saved.of === dataDefinition && saved.until >= oldest) {
    try {
      return { watch: new DataWatch(saved.text), until: saved.until, savedUntil: saved.until }
    } catch {
      // Saved by another version of the detector: it learns anew.
    }
  }
  return { watch: new DataWatch(), until: Math.max(oldest, memory.beginning.traffic ?? last), savedUntil: 0 }
}

interface World {
  warehouse: Warehouse
  store: Store
  asked: Asked
}

/**
 * Brings the watch over a store's data up to the last settled minute, and notes the stretches without data.
 * @param isTold whether a rule tells of missing data; if none does, only what is not there mutes the others
 */
export async function watchData(
  { warehouse, store, asked }: World,
  memory: StoreMemory,
  { good, last, trouble }: Settled,
  isTold: boolean,
): Promise<DataVerdict | undefined> {
  memory.data ??= openData(memory, last)
  memory.troubles ??= []
  const { data, troubles } = memory
  const minutes = wholeBuckets(store, 'minute', data.until, last)
  let verdict: DataVerdict | undefined
  for (let at = 0; at < minutes.length; at += minutesAtOnce) {
    const chunk = minutes.slice(at, at + minutesAtOnce)
    for (const minute of await readDataMinutes(warehouse, store, chunk, asked)) {
      const missing = minute.end > good ? trouble : null
      verdict = data.watch.observe({ ...minute, missing })
      data.until = minute.end
      if (verdict.trouble && (isTold || missing)) addTrouble(troubles, minute)
    }
  }
  return verdict
}

/** A store of which nothing is expected misses nothing. */
const leastExpected = 0.2

/** What the newest minute comes to for the rule that tells of missing data. */
export function dataOutcome(
  rule: Rule,
  verdict: DataVerdict,
  { currency, isAlive }: { currency: string; isAlive: boolean },
): Outcome {
  const { start, end, trouble, since, events, expected, calm } = verdict
  const { condition } = rule.value
  const wanted = condition.type === 'data_stopped' ? condition.minutes * minuteMs : 0
  const isLong = trouble !== null && since !== null && end - since >= wanted
  const isMissed = isAlive || (expected ?? 0) >= leastExpected
  const opened = isLong && isMissed ? { finding: 'data_stopped' as const, began: since } : null
  const judged = { start, end, value: events, expected, lower: null, upper: null, open: trouble !== null, calm, opened }
  return {
    series: { rule, slice: null },
    last: judged,
    ...(opened && { opened: judged }),
    ...(trouble && {
      explanation: {
        ...{ currency, factors: null, causes: [], changes: [], playbook: [], data_trouble: trouble },
        money: { expected: null, actual: null, gap: null, per_hour: null },
        until: new Date(end).toISOString(),
      },
    }),
  }
}
