import { oddDayAt } from '@guanlan/warehouse/calendar/odd-days'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import { DateTime } from 'luxon'
import { type Campaign, campaignAt, type InCampaign } from './campaigns.ts'
import type { Judged, Seen } from './judged.ts'
import { holidaysOf, type InOddDay, oddDayOf } from './odd-days.ts'
import { readForecast } from './read-forecast.ts'
import { bucketsAtOnce, type Question, readTable, type Stretch, type Table, wholeBuckets } from './read-table.ts'
import { denominatorOf, fewestOf, type Rule, type Series } from './series.ts'
import type { Circumstances, SeriesWatch } from './series-watch.ts'
import { readUplifts, type Uplift } from './uplift.ts'

/** A series with its judge, and up to where it has judged. */
export interface Watched {
  series: Series
  watch: SeriesWatch
  /** Milliseconds. */
  until: number
}

/** What judging stands on, the same for watching and for trying a rule on the past. */
export interface Ground {
  warehouse: Warehouse
  store: Store
  asked: Asked
  campaigns: readonly Campaign[]
  /** Uplifts that were read, kept by whoever judges on. */
  uplifts: Map<string, Promise<Map<string, Uplift>>>
  /** Whether a stretch has no data that count for a rule. */
  isMuted: (rule: Rule, stretch: Stretch) => boolean
  /** From here on forecasts are asked for: of the past they are not. */
  forecastsFrom: number
}

const keyOfQuestion = ({ rule: { value } }: Series) => JSON.stringify([value.grain, value.by ?? '', value.filters])

/** Series that one query answers together: of one grain, slice and set of filters. */
export function together<W extends { series: Series }>(all: readonly W[]): W[][] {
  return [...Map.groupBy(all, ({ series }) => keyOfQuestion(series)).values()]
}

function questionOf(group: readonly Watched[]): Question {
  const rules = group.map(({ series }) => series.rule.value)
  const { grain, filters, by } = rules[0] as Rule['value']
  const values = [...new Set(group.flatMap(({ series }) => series.slice?.value ?? []))]
  const metrics = rules.flatMap(({ metric }) => [metric, denominatorOf(metric) ?? metric])
  return { grain, filters, metrics: [...new Set(metrics)], ...(by && { by: { dimension: by, values } }) }
}

const hasCondition = (group: readonly Watched[], type: string) =>
  group.some(({ series }) => series.rule.value.condition.type === type)

/** The tables that a chunk of buckets is judged by. */
interface Tables {
  now: Table
  total: Table | undefined
  weekAgo: Table | undefined
}

async function readTables({ warehouse, store, asked }: Ground, group: readonly Watched[], chunk: Stretch[]) {
  const question = questionOf(group)
  const { by, ...whole } = question
  const [first, last] = [chunk[0] as Stretch, chunk.at(-1) as Stretch]
  const before = (at: number) => +weekBefore(store, at)
  const weekAgo = hasCondition(group, 'change')
    ? wholeBuckets(store, question.grain, before(first.start), before(last.end))
    : []
  const tables = await Promise.all([
    readTable(warehouse, store, question, chunk, asked),
    by && hasCondition(group, 'share') ? readTable(warehouse, store, whole, chunk, asked) : undefined,
    weekAgo.length > 0 ? readTable(warehouse, store, question, weekAgo, asked) : undefined,
  ])
  return { now: tables[0], total: tables[1], weekAgo: tables[2] } satisfies Tables
}

const weekBefore = ({ time_zone }: Store, at: number) =>
  DateTime.fromMillis(at, { zone: time_zone }).minus({ weeks: 1 })

interface Chunk {
  tables: Tables
  /** By bucket. */
  arounds: Around[]
  /** Of the series whose rule asks for one, by the end of the bucket. */
  forecasts: Map<Watched, Map<number, Seen['forecast']>>
  /** By campaign. */
  uplifts: Map<Watched, Map<string, Uplift | undefined>>
}

function seenOf(ground: Ground, { tables, forecasts }: Chunk, watched: Watched, bucket: Stretch): Seen {
  const { rule, slice } = watched.series
  const { metric, condition } = rule.value
  const value = slice?.value ?? ''
  const divisor = denominatorOf(metric)
  const denominator = divisor && (tables.now.at(bucket.start, value, divisor) ?? 0)
  const isEnough = (denominator ?? 0) >= fewestOf(metric)
  const seen = { ...bucket, value: isEnough ? tables.now.at(bucket.start, value, metric) : null, denominator }
  if (condition.type === 'share') return { ...seen, total: tables.total?.at(bucket.start, '', metric) }
  if (condition.type === 'forecast') return { ...seen, forecast: forecasts.get(watched)?.get(bucket.end) }
  if (condition.type !== 'change') return seen
  const before = +weekBefore(ground.store, bucket.start)
  const wasCampaign = campaignAt(ground.campaigns, before, before + bucket.end - bucket.start)
  // A holiday is no more like the week before than that week is like it.
  const { time_zone } = ground.store
  const isLike = oddDayAt(before, time_zone)?.kind === oddDayAt(bucket.start, time_zone)?.kind
  return { ...seen, weekAgo: wasCampaign || !isLike ? undefined : tables.weekAgo?.at(before, value, metric) }
}

interface Around {
  campaign: InCampaign | undefined
  oddDay: InOddDay | undefined
}

/** What a bucket lies in: what somebody planned counts before what the calendar says, but not its lead and tail. */
function aroundOf({ campaigns, store }: Ground, bucket: Stretch): Around {
  const campaign = campaignAt(campaigns, bucket.start, bucket.end)
  if (campaign && !campaign.isAround) return { campaign, oddDay: undefined }
  const oddDay = oddDayOf(bucket, store.time_zone)
  return oddDay ? { campaign: undefined, oddDay } : { campaign, oddDay }
}

function askUplifts(ground: Ground, { rule }: Series, by: Question['by'], campaign: Campaign) {
  const { metric, filters } = rule.value
  const key = JSON.stringify([campaign.id, metric, filters, by])
  const { warehouse, store, asked, uplifts } = ground
  const isHoliday = !ground.campaigns.some(({ id }) => id === campaign.id)
  const campaigns = isHoliday ? holidaysOf(store.time_zone) : ground.campaigns
  const read = () => readUplifts(warehouse, store, { metric, filters, by }, { campaign, campaigns }, asked)
  const known = uplifts.get(key) ?? read()
  uplifts.set(key, known)
  known.catch(() => uplifts.delete(key))
  return known
}

/** What is to be asked before a chunk can be judged. */
async function prepare(ground: Ground, group: readonly Watched[], chunk: Stretch[]): Promise<Chunk> {
  const tables = await readTables(ground, group, chunk)
  const arounds = chunk.map((bucket) => aroundOf(ground, bucket))
  const touched = new Map<string, Campaign>()
  for (const { campaign, oddDay } of arounds) {
    const within = campaign?.campaign ?? oddDay?.holiday
    if (within) touched.set(within.id, within)
  }
  const { by } = questionOf(group)
  const forecasts: Chunk['forecasts'] = new Map()
  const uplifts: Chunk['uplifts'] = new Map()
  for (const watched of group) {
    const { rule, slice } = watched.series
    if (rule.value.condition.type === 'anomaly') {
      const known = new Map<string, Uplift | undefined>()
      for (const campaign of touched.values()) {
        known.set(campaign.id, (await askUplifts(ground, watched.series, by, campaign)).get(slice?.value ?? ''))
      }
      uplifts.set(watched, known)
    }
    if (rule.value.condition.type === 'forecast') {
      const known = new Map<number, Seen['forecast']>()
      for (const { end } of chunk.filter((bucket) => bucket.end >= ground.forecastsFrom)) {
        known.set(end, await readForecast(ground.warehouse, ground.store, rule, end, ground.asked))
      }
      forecasts.set(watched, known)
    }
  }
  return { tables, arounds, forecasts, uplifts }
}

function circumstancesOf({ uplifts }: Chunk, watched: Watched, { campaign, oddDay }: Around): Circumstances {
  const upliftAt = (id: string, distance: number) => uplifts.get(watched)?.get(id)?.(distance)
  return {
    campaign: campaign && { ...campaign, uplift: upliftAt(campaign.campaign.id, campaign.distance) ?? 1 },
    oddDay: oddDay && { ...oddDay, uplift: oddDay.holiday && upliftAt(oddDay.holiday.id, oddDay.distance) },
  }
}

/**
 * Judges buckets, in their order, for series that one query answers. Each series takes up where it has ended.
 * @param goOn false between two chunks ends it; what was judged stays judged
 */
export async function judgeBuckets<W extends Watched>(
  ground: Ground,
  group: readonly W[],
  buckets: readonly Stretch[],
  { onJudged, goOn }: { onJudged: (watched: W, judged: Judged) => void; goOn: () => boolean },
): Promise<boolean> {
  const size = Math.max(1, bucketsAtOnce(questionOf(group)))
  for (let at = 0; at < buckets.length; at += size) {
    if (at > 0 && !goOn()) return false
    const stretch = buckets.slice(at, at + size)
    const chunk = await prepare(ground, group, stretch)
    for (const [place, bucket] of stretch.entries()) {
      const around = chunk.arounds[place] as Around
      for (const watched of group) {
        if (watched.until > bucket.start) continue
        const judged = watched.watch.observe(seenOf(ground, chunk, watched, bucket), {
          isMuted: ground.isMuted(watched.series.rule, bucket),
          ...circumstancesOf(chunk, watched, around),
        })
        watched.until = bucket.end
        onJudged(watched, judged)
      }
    }
  }
  return true
}
