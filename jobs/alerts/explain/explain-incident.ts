import type { Explanation, Incident } from '@guanlan/warehouse/alerts/incident'
import { oddDays } from '@guanlan/warehouse/calendar/odd-days'
import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import type { MetricName } from '@guanlan/warehouse/metrics/catalog'
import { cellDimensions, readCells } from '@guanlan/warehouse/queries/cells/read-cells'
import { dimensionsOf, type Filter } from '@guanlan/warehouse/queries/filter'
import type { Period } from '@guanlan/warehouse/queries/period'
import { slicesOf } from '@guanlan/warehouse/queries/query/plan'
import { runQuery } from '@guanlan/warehouse/queries/query/run-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import { watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { DateTime } from 'luxon'
import { changesNear } from './changes-near.ts'
import { type CauseDimension, causeOf, findCauses } from './find-causes.ts'
import { lostMoney } from './lost-money.ts'
import { countedOf, hasParts, type Weeks } from './parts-of.ts'
import { pastWindows } from './past-windows.ts'
import { playbookOf } from './playbook-of.ts'
import { sumsOf } from './slice-sums.ts'

/** Slices of a few minutes are too small to know a share by; what a visitor is worth, even those of an hour are. */
const [shareMinutes, worthMinutes] = [60, 360]
/** The busiest and calmest that a store is believed to be against earlier weeks. */
const [calmest, busiest] = [0.2, 5]

const knows = (metric: MetricName, filters: readonly Filter[]) =>
  dimensionsOf([...filters]).every((name) => slicesOf(metric).includes(name))

// A channel's group says nothing that the channel does not.
const dimensionsFor = (counted: readonly MetricName[]): CauseDimension[] => {
  const known: readonly string[] = cellDimensions(counted)
  return watchedSlices.filter((name) => name !== 'channel_group' && known.includes(name))
}

const minutes = ({ from, to }: Period) => to.diff(from, 'minutes').minutes

interface Frame {
  warehouse: Warehouse
  store: Store
  metric: MetricName
  filters: Filter[]
  leftOut: Period[]
  asked: Asked
}

/** How much busier the day before the incident was than the same days of earlier weeks. */
async function levelOf(
  { warehouse, store, metric, filters, leftOut, asked }: Frame,
  beganAt: DateTime,
): Promise<number> {
  const day = { from: beganAt.minus({ days: 1 }), to: beganAt }
  const past = pastWindows(day, leftOut, 0)
  const totals = await Promise.all(
    [day, ...past].map(async ({ from, to }) => {
      const date_range: [string, string] = [from.toUTC().toISO() ?? '', to.toUTC().toISO() ?? '']
      const request = { store_id: store.store_id, metrics: countedOf(metric).slice(0, 1), filters, date_range }
      return (await runQuery(warehouse, store, request, asked)).results[0]?.metrics[0] ?? 0
    }),
  )
  const [now = 0, ...before] = totals
  const mean = before.reduce((sum, one) => sum + one, 0) / past.length
  return now > 0 && mean > 0 ? Math.min(busiest, Math.max(calmest, now / mean)) : 1
}

async function weeksOf(frame: Frame, now: Period) {
  const { warehouse, store, metric, filters, leftOut, asked } = frame
  const [past, wide] = [pastWindows(now, leftOut, shareMinutes), pastWindows(now, leftOut, worthMinutes)]
  const knowledge = { visits: knows('visitors', filters), orders: knows('paid_gmv', filters) }
  const sold: MetricName[] = [
    ...(knowledge.visits ? (['visitors'] as const) : []),
    ...(knowledge.orders ? (['buyers', 'paid_gmv'] as const) : []),
  ]
  const counted: MetricName[] = [...new Set([...countedOf(metric), ...sold])]
  const dimensions = dimensionsFor(counted)
  const windows = [now, ...past, ...wide]
  const [cells, level] = await Promise.all([
    readCells(warehouse, store, { metrics: counted, dimensions, filters, windows }, asked),
    levelOf(frame, now.from),
  ])
  const scaleTo = ([first]: Period[]) => (first ? (minutes(now) / minutes(first)) * level : 0)
  const placesOf = (all: Period[], after: number) => all.map((_, at) => at + after)
  return {
    weeks: { sums: sumsOf(cells, dimensions), now: [0], past: placesOf(past, 1), scale: scaleTo(past) },
    worth: { windows: placesOf(wide, 1 + past.length), scale: scaleTo(wide) },
    dimensions,
    knows: knowledge,
  }
}

function factorOf(factors: Explanation['factors']): keyof NonNullable<Explanation['factors']> | undefined {
  const entries = Object.entries(factors ?? {}) as [keyof NonNullable<Explanation['factors']>, number][]
  const [first] = entries.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
  return first?.[1] ? first[0] : undefined
}

/** Holidays, and weekends' days that were worked, in the weeks before: such a day tells nothing of its weekday. */
const oddDaysBefore = (moment: DateTime): Period[] =>
  Array.from({ length: 7 * 7 }, (_, back) => moment.startOf('day').minus({ days: back + 1 }))
    .filter((day) => oddDays(moment.zoneName ?? '').has(day.toISODate() ?? ''))
    .map((day) => ({ from: day, to: day.plus({ days: 1 }) }))

const causesOf = (weeks: Weeks, asked: Parameters<typeof causeOf>[1], slice: Incident['slice']) =>
  slice ? [causeOf(weeks, asked, slice)] : findCauses(weeks, asked)

/**
 * Why an incident is, as far as facts tell until a moment: in money, by factor, by the slices that explain it, with what
 * else changed and what the shop's playbook says. Rests on the same clock of up to six weeks before, campaigns and holidays left out,
 * as busy as the day before the incident was.
 * @param filters of the rule
 */
export async function explainIncident(
  warehouse: Warehouse,
  { store, incident, filters, until }: { store: Store; incident: Incident; filters: Filter[]; until: Date },
  asked: Asked = {},
): Promise<Explanation> {
  const { store_id, time_zone: zone, currency } = store
  const [campaigns, annotations, playbooks] = await Promise.all([
    readSettings(warehouse, 'campaign', { store_id }),
    readSettings(warehouse, 'annotation', { store_id }),
    readSettings(warehouse, 'playbook', { store_id }),
  ])
  const at = (text: string) => DateTime.fromISO(text, { zone })
  const now = { from: at(incident.began_at), to: DateTime.fromJSDate(until, { zone }) }
  const leftOut = [
    ...campaigns.map(({ value }) => ({ from: at(value.starts_at), to: at(value.ends_at) })),
    ...oddDaysBefore(now.from),
  ]
  const { metric, slice } = incident
  const { weeks, worth, dimensions, knows } = await weeksOf({ warehouse, store, metric, filters, leftOut, asked }, now)
  const causes = hasParts(metric) ? causesOf(weeks, { metric, dimensions }, slice) : []
  const hours = now.to.diff(now.from, 'hours').hours
  const { money, factors } = lostMoney({ weeks, worth, incident, causes, hours, knows })
  const direction = (incident.value.actual ?? 0) < (incident.value.expected ?? 0) ? 'drop' : 'spike'
  return {
    currency,
    money,
    factors,
    causes,
    changes: changesNear(
      { annotations: annotations.map(({ value }) => value), campaigns: campaigns.map(({ value }) => value) },
      new Date(incident.began_at),
      until,
    ),
    playbook: playbookOf(
      playbooks.map(({ value }) => value),
      { direction, metric, factor: factorOf(factors), causes },
    ),
    data_trouble: incident.explanation?.data_trouble ?? null,
    until: until.toISOString(),
  }
}
