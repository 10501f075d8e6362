import { DateTime } from 'luxon'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { dimensions } from '../../metrics/dimensions.ts'
import { readings } from '../../metrics/sources.ts'
import { bucketsOf, isFine } from '../buckets.ts'
import { dimensionsOf } from '../filter.ts'
import type { Period } from '../period.ts'
import { type Family, readBucketStates, type Width } from './bucket-states.ts'
import { dimensionsIn, type Question } from './parse.ts'
import type { Part } from './plan.ts'

/** A part of an answer read from one place: raw facts or a rollup, in some stretches of the period. */
export interface Segment {
  part: Part
  from: 'raw' | Width
  periods: Period[]
}

type Cover = Omit<Segment, 'part'>

/** With more stretches than this, reading raw facts once is cheaper than picking. */
const mostStretches = 24
/** Minutes are kept 40 days; the margin is for rows about to go. */
const minutesKept = 39

const inRaw = (period: Period): Cover[] => [{ from: 'raw', periods: [period] }]

/** The family of rollups that can answer a part, if any. */
function familyOf(question: Question, part: Part): Family | undefined {
  const family = readings[part.reading].rollup
  const asked = [...dimensionsIn(question.slices), ...dimensionsOf(question.filters)]
  return family && asked.every((name) => dimensions[name].rollups?.includes(family)) ? family : undefined
}

/** A stretch of time in milliseconds; `to` is exclusive. */
interface Stretch {
  from: number
  to: number
}

const inZoneOf =
  ({ from: { zone } }: Period) =>
  ({ from, to }: Stretch): Period => ({
    from: DateTime.fromMillis(from, { zone }),
    to: DateTime.fromMillis(to, { zone }),
  })

/** Appends a stretch, prolonging the last one when it ends where this begins. */
function append(stretches: Stretch[], next: Stretch) {
  const last = stretches.at(-1)
  if (last && last.to === next.from) stretches[stretches.length - 1] = { from: last.from, to: next.to }
  else stretches.push(next)
}

/**
 * What nothing ever touched is empty and need not be read: it only keeps a stretch that it follows from breaking off. A
 * stretch of rollups it must not prolong into the middle of a bucket, for its other half may not be empty.
 */
function prolong(all: Stretch[][], empty: Stretch) {
  const before = all.find((stretches) => stretches.at(-1)?.to === empty.from)
  if (before) append(before, empty)
}

type States = (width: Width, period: Period) => Promise<Map<string, boolean>>

const hourMs = 3_600_000

/** Good whole hours from the rollup, the rest from raw facts. Counts in milliseconds: ten years have 87,672 hours. */
function byHour(known: Map<string, boolean>, period: Period): { good: Period[]; bad: Period[] } {
  const good: Stretch[] = []
  const bad: Stretch[] = []
  const [from, to] = [+period.from, +period.to]
  for (let start = +period.from.startOf('hour'); start < to; start += hourMs) {
    const part = { from: Math.max(start, from), to: Math.min(start + hourMs, to) }
    const isWhole = part.to - part.from === hourMs
    const state = known.get(String(start / 1000))
    if (state === undefined) prolong(isWhole ? [bad, good] : [bad], part)
    else append(isWhole && state ? good : bad, part)
  }
  return { good: good.map(inZoneOf(period)), bad: bad.map(inZoneOf(period)) }
}

async function byDay(states: States, period: Period): Promise<Cover[]> {
  const known = await states('day', period)
  const days: Stretch[] = []
  const rest: Stretch[] = []
  const [from, to] = [+period.from, +period.to]
  const all = bucketsOf(period, 'day', Number.POSITIVE_INFINITY)
  all.forEach(({ key, start }, at) => {
    const day = { from: +start, to: +(all[at + 1]?.start ?? start.plus({ days: 1 }).startOf('day')) }
    const part = { from: Math.max(day.from, from), to: Math.min(day.to, to) }
    const isWhole = part.from === day.from && part.to === day.to
    const state = known.get(key)
    if (state === undefined) prolong(isWhole ? [rest, days] : [rest], part)
    else append(isWhole && state ? days : rest, part)
  })
  const whole = inZoneOf(period)
  const [first, last] = [rest[0], rest.at(-1)]
  const ofHours = first && last ? await states('hour', whole({ from: first.from, to: last.to })) : new Map()
  const hours = rest.map((stretch) => byHour(ofHours, whole(stretch)))
  return [
    { from: 'day', periods: days.map(whole) },
    { from: 'hour', periods: hours.flatMap(({ good }) => good) },
    { from: 'raw', periods: hours.flatMap(({ bad }) => bad) },
  ]
}

async function coverOf(question: Question, period: Period, states: States): Promise<Cover[]> {
  if (!question.grain || !isFine(question.grain)) return byDay(states, period)
  const width = question.grain === 'hour' ? 'hour' : 'minute'
  if (width === 'minute' && period.from < question.now.minus({ days: minutesKept })) return inRaw(period)
  const { good, bad } = byHour(await states(width, period), period)
  return [
    { from: width, periods: good },
    { from: 'raw', periods: bad },
  ]
}

/**
 * Where to read each part from: days and hours whose rollups are good from those, everything else, and what no rollup
 * can tell, from raw facts. The numbers are the same whichever way.
 */
export async function segmentsOf(
  warehouse: Warehouse,
  question: Question,
  parts: Part[],
  period: Period,
  asked: Asked,
): Promise<Segment[]> {
  const covers = new Map<Family, Promise<Cover[]>>()
  const cover = async (family: Family) => {
    const states: States = (width, within) =>
      readBucketStates(warehouse, { store: question.store, family, width, period: within }, asked)
    const chosen = (await coverOf(question, period, states)).filter(({ periods }) => periods.length > 0)
    const isPieces = chosen.some(({ periods }) => periods.length > mostStretches)
    return isPieces || chosen.length === 0 ? inRaw(period) : chosen
  }
  const read = async (part: Part): Promise<Segment[]> => {
    const family = question.useRollups ? familyOf(question, part) : undefined
    if (!family) return inRaw(period).map((raw) => ({ part, ...raw }))
    const known = covers.get(family) ?? cover(family)
    covers.set(family, known)
    return (await known).map((chosen) => ({ part, ...chosen }))
  }
  return (await Promise.all(parts.map(read))).flat()
}
