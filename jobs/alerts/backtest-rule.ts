import { readIncidents } from '@guanlan/warehouse/alerts/read-incidents'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { toClickHouse } from '@guanlan/warehouse/instant'
import type { Store } from '@guanlan/warehouse/queries/store'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { type Ground, judgeBuckets, type Watched } from './watch/judge-buckets.ts'
import type { FindingName } from './watch/judged.ts'
import { mutes } from './watch/muted.ts'
import { beginningOf, readBeginning } from './watch/read-beginning.ts'
import { wholeBuckets } from './watch/read-table.ts'
import type { Rule, Slice } from './watch/series.ts'
import { SeriesWatch } from './watch/series-watch.ts'
import { troublesOf } from './watch/watch-data.ts'
import { seriesOf, watchOptions, whyNot } from './watch/watched-series.ts'

/** An alarm that a rule would have raised. */
export interface PastAlarm {
  /** End of the settled bucket that raises it, and the first bucket that was wrong: ISO 8601. */
  at: string
  began_at: string
  slice: Slice | null
  finding: FindingName
  value: number | null
  expected: number | null
}

const dayMs = 86_400_000
/** Rollups of minutes are kept so long; beyond them minutes would be counted from raw facts. */
const oldestMinutes = 39
const learning = { minute: 14, five_minutes: 28, hour: 35, day: 120 } as const

/**
 * The alarms that a rule would have raised in the last days, by the very code that watches, oldest first. It learns from
 * the days before. Forecasts and missing data are not tried: of them the past is not kept.
 * @throws RangeError when the rule cannot be watched, saying why
 */
export async function backtestRule(
  warehouse: Warehouse,
  store: Store,
  rule: Rule,
  { days = 28, now = Date.now(), asked = {} }: { days?: number; now?: number; asked?: Asked } = {},
): Promise<{ alarms: PastAlarm[]; from: string; series: number }> {
  const why = whyNot(rule)
  if (why) throw new RangeError(why)
  const { grain, condition } = rule.value
  const from = now - days * dayMs
  const isUntried = condition.type === 'forecast' || condition.type === 'data_stopped'
  const oldest = grain === 'minute' || grain === 'five_minutes' ? now - oldestMinutes * dayMs : 0
  const { store_id } = store
  const began = beginningOf(await readBeginning(warehouse, store_id, asked), rule.value.metric) ?? now
  const begin = Math.max(began, Math.min(from, Math.max(from - learning[grain] * dayMs, oldest)))
  const [campaigns, rules, series] = await Promise.all([
    readSettings(warehouse, 'campaign', { store_id }),
    readSettings(warehouse, 'rule', { store_id }),
    isUntried ? [] : seriesOf({ warehouse, store, asked, now }, rule, { values: new Map(), incidents: [] }),
  ])
  const told = rules.filter(({ value }) => value.condition.type === 'data_stopped')
  const since = toClickHouse(new Date(begin))
  const incidents = await Promise.all(
    told.map(({ id }) => readIncidents(warehouse, { store_id, rule_id: id, from: since }, asked)),
  )
  const troubles = troublesOf(incidents.flat(), now)
  const ground: Ground = {
    ...{ warehouse, store, asked, uplifts: new Map() },
    campaigns: campaigns.map(({ id, value }) => ({ ...value, id })),
    isMuted: (one, stretch) => mutes(troubles, one, stretch),
    forecastsFrom: Number.POSITIVE_INFINITY,
  }
  const watched = series.map((one): Watched => {
    return { series: one, watch: new SeriesWatch(watchOptions(rule, series.length)), until: begin }
  })
  const alarms: PastAlarm[] = []
  const iso = (at: number) => new Date(at).toISOString()
  if (watched.length > 0) {
    await judgeBuckets(ground, watched, wholeBuckets(store, grain, begin, now), {
      onJudged: ({ series: { slice } }, { end, value, expected, opened }) => {
        if (!opened || end <= from) return
        const { finding, began } = opened
        alarms.push({ at: iso(end), began_at: iso(began), slice, finding, value, expected })
      },
      goOn: () => !asked.signal?.aborted,
    })
  }
  return { alarms, from: iso(from), series: series.length }
}
