import { backtestRule } from '@guanlan/jobs/backtest-rule'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import type { Incident, Slice } from '#lib/alerts/incident-row.ts'
import type { Language } from '#lib/format/intl.ts'
import type { PageWorld } from '../../ask.ts'
import { tellSlice } from '../incident-rows.ts'

const days = 28
/** Minutes of many series take long; who waits longer has looked away. */
const patienceMs = 45_000

/** What a rule would have told, in the reader's language. */
export interface Backtest {
  days: number
  /** ISO 8601. */
  from: string
  /** So many series were judged. */
  series: number
  /** Of forecasts and missing data the past is not kept. */
  untried: boolean
  alarms: {
    at: string
    began_at: string
    slice: Slice | null
    finding: Incident['finding']
    value: { expected: number | null; actual: number | null }
  }[]
}

/**
 * The alarms of the last 28 days that a rule would have raised.
 * @throws RangeError when the rule cannot be watched
 */
export async function backtest(
  { warehouse, store, asked }: PageWorld,
  { id, value }: { id: string; value: Value<'rule'> },
  { language, signal }: { language: Language; signal: AbortSignal },
): Promise<Backtest> {
  const rule = { store_id: store.store_id, id, version: 0, value, actor: '', at: '' }
  const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  const told = await backtestRule(warehouse, store, rule, { days, asked: { ...asked, signal: limited } })
  limited.throwIfAborted()
  return {
    ...{ days, from: told.from, series: told.series },
    untried: value.condition.type === 'forecast' || value.condition.type === 'data_stopped',
    alarms: told.alarms.map(({ value: actual, expected, slice, ...alarm }) => ({
      ...alarm,
      slice: slice && tellSlice(slice, language),
      value: { actual, expected },
    })),
  }
}
