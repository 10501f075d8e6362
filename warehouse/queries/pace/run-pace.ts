import { DateTime } from 'luxon'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { metrics } from '../../metrics/catalog.ts'
import { earlierCampaigns, likeness } from '../../settings/earlier-campaigns.ts'
import { readSettings } from '../../settings/read.ts'
import { isStartOfDay, type Period, periodOf, toIso } from '../period.ts'
import { runQuery } from '../query/run-query.ts'
import { QueryError } from '../query-error.ts'
import type { Store } from '../store.ts'
import { type PaceAnswer, type PaceRequest, paceRequest } from './contract.ts'
import { expectedOf, expectedUntil, modelOf, type Planned } from './expected.ts'
import { restOf, spreadOf } from './forecast.ts'
import { type Campaign, daysOfCampaigns, hoursOf, pastDays, readHours } from './history.ts'
import { targetOf } from './target-of.ts'
import { sumOf, type UsualWeek, usualWeek } from './usual-week.ts'

const longestDays = 400
const historyDays = 56

interface World {
  warehouse: Warehouse
  store: Store
  asked: Asked
  metric: PaceAnswer['metric']
}

/** The usual week of the eight weeks before a day. */
async function usualBefore(world: World, day: DateTime, campaigns: Campaign[]): Promise<UsualWeek | undefined> {
  const period = { from: day.minus({ days: historyDays }).startOf('day'), to: day }
  const hours = await readHours(world, period)
  return usualWeek(pastDays(hours), daysOfCampaigns(campaigns, world.store.time_zone))
}

/**
 * A campaign of the period, modelled on the most alike earlier one that sold: its hours from its start, at the level that
 * the store now has beside the one it had then.
 */
async function plannedOf(
  world: World,
  campaign: Campaign,
  campaigns: Campaign[],
  usual: UsualWeek | undefined,
): Promise<(Planned & { like: string }) | undefined> {
  const zone = world.store.time_zone
  const alike = earlierCampaigns(campaign, campaigns).filter(
    (other) => likeness(campaign, other) > 0 && Date.parse(other.ends_at) <= Date.parse(campaign.starts_at),
  )
  for (const other of alike.slice(0, 2)) {
    const period = periodOf([other.starts_at, other.ends_at], zone)
    if (period.to.diff(period.from, 'days').days > longestDays) continue
    const hours = await readHours(world, period)
    if (sumOf(hours.map(({ value }) => value)) <= 0) continue
    const then = usual && (await usualBefore(world, period.from.startOf('day'), campaigns))
    const level = usual && then ? sumOf(usual.hours) / sumOf(then.hours) : 1
    return {
      start: Date.parse(campaign.starts_at),
      end: Date.parse(campaign.ends_at),
      expected: modelOf(hours.map((hour) => ({ ...hour, value: hour.value * level }))),
      like: other.name,
    }
  }
  return undefined
}

/** What is expected of a period: the usual week, and its campaigns that an earlier one tells of. */
export interface Expectations {
  usual?: UsualWeek | undefined
  planned: (Planned & { like: string })[]
}

async function expectations(world: World, { from, to }: Period, before: DateTime): Promise<Expectations> {
  const settings = await readSettings(world.warehouse, 'campaign', { store_id: world.store.store_id })
  const campaigns = settings.map(({ value }) => value)
  const usual = await usualBefore(world, before, campaigns)
  const within = campaigns
    .filter(({ starts_at, ends_at }) => Date.parse(starts_at) < +to && Date.parse(ends_at) > +from)
    // Where two overlap, the one that began last.
    .sort((a, b) => Date.parse(b.starts_at) - Date.parse(a.starts_at))
  const planned = await Promise.all(within.map((campaign) => plannedOf(world, campaign, campaigns, usual)))
  return { usual, planned: planned.flatMap((one) => one ?? []) }
}

/** Keeps what is expected for a while: it hardly changes, and costs most of the answer. */
export type Recall = (key: string, ask: () => Promise<Expectations>) => Promise<Expectations>

async function recalled(world: World, period: Period, known: DateTime, recall: Recall): Promise<Expectations> {
  // Of a period that is over nothing is expected any more.
  if (known >= period.to) return { planned: [] }
  const before = DateTime.min(period.from, known).startOf('day')
  const key = JSON.stringify([world.store, world.metric, period, before])
  // Without the asker's signal: who leaves must not take the answer from those who share it.
  const { by } = world.asked
  return recall(key, () => expectations({ ...world, asked: by === undefined ? {} : { by } }, period, before))
}

async function actualOf({ warehouse, store, asked, metric }: World, { from, to }: Period, known: DateTime) {
  const until = DateTime.min(known, to)
  if (until <= from) return 0
  const request = { store_id: store.store_id, metrics: [metric], date_range: [toIso(from), toIso(until)] as [string, string] } // biome-ignore format: one question
  const { results } = await runQuery(warehouse, store, request, asked)
  return results[0]?.metrics[0] ?? 0
}

async function targetWithin({ warehouse, store, metric }: World, { from, to }: Period) {
  const settings = await readSettings(warehouse, 'target', { store_id: store.store_id })
  const aims = settings
    .filter(({ value }) => value.metric === metric)
    .sort((a, b) => b.at.localeCompare(a.at))
    .map(({ value }) => value)
  if (!isStartOfDay(from) || !isStartOfDay(to)) return targetOf({ from: '', to: '' }, [])
  return targetOf({ from: from.toISODate() ?? '', to: to.toISODate() ?? '' }, aims)
}

/** To the four decimals that money has. */
const fine = (value: number) => Math.round(value * 10_000) / 10_000

/**
 * How a metric stands against the target of a period, and where it will end at this pace.
 *
 * What is expected of each hour comes from the usual week of the eight weeks before the period (days of campaigns left
 * out), and within a campaign from the hours of the most alike earlier one. Its sum until as_of ÷ its sum over the period
 * is the share that should be there by now; the forecast is actual + the expected rest × how the period has done against
 * what was expected, drawn towards 1 while it is young; its range is how far off such forecasts were in the days before.
 * @throws QueryError when the period is empty or longer than 400 days, or the metric is not known by the hour
 */
export async function runPace(
  warehouse: Warehouse,
  store: Store,
  request: PaceRequest,
  { recall = (_, ask) => ask(), ...asked }: Asked & { recall?: Recall } = {},
): Promise<PaceAnswer> {
  const { metric, from, to, as_of } = paceRequest.parse(request)
  const period = periodOf([from, to], store.time_zone, 'from')
  const length = period.to.diff(period.from, 'days').days
  if (length > longestDays + 1) {
    throw new QueryError('too_long', 'to', `The pace of ${longestDays} days at most can be told.`)
  }
  const known = (as_of ? DateTime.fromISO(as_of) : DateTime.now().startOf('minute')).setZone(store.time_zone)
  const world: World = { warehouse, store, asked, metric }
  const [actual, target, { usual, planned }] = await Promise.all([
    actualOf(world, period, known),
    targetWithin(world, period),
    recalled(world, period, known, recall),
  ])
  const pieces = expectedOf(hoursOf(period), usual?.hours, planned)
  const whole = pieces ? sumOf(pieces.map(({ expected }) => expected)) : 0
  const isOver = known >= period.to
  const isKnown = isOver || whole > 0
  const passed = pieces ? expectedUntil(pieces, +known) : 0
  const share = isOver ? 1 : passed / whole
  const rest = isOver ? 0 : restOf({ actual, passed, rest: whole - passed })
  const spread = isOver ? { low: 1, high: 1 } : usual && spreadOf(usual, { share, length })
  const basis = planned.length > 0 ? 'campaign' : (usual?.basis ?? 'none')
  return {
    metric,
    target: target.value,
    actual,
    share_expected: isKnown ? share : null,
    expected_by_now: isKnown && target.value !== null ? fine(target.value * share) : null,
    forecast: isKnown ? fine(actual + rest) : null,
    forecast_low: isKnown && spread ? fine(actual + rest * Math.min(1, spread.low)) : null,
    forecast_high: isKnown && spread ? fine(actual + rest * Math.max(1, spread.high)) : null,
    meta: {
      time_zone: store.time_zone,
      currency: store.currency,
      unit: metrics[metric].unit,
      from: toIso(period.from),
      to: toIso(period.to),
      as_of: toIso(known),
      basis: whole > 0 ? basis : 'none',
      weeks: pieces?.some(({ modelled }) => !modelled) ? (usual?.weeks ?? 0) : 0,
      like: planned[0]?.like ?? null,
      target_basis: target.basis,
    },
  }
}
