import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { dimensions } from '../../metrics/dimensions.ts'
import { readings } from '../../metrics/sources.ts'
import { bucketsOf } from '../buckets.ts'
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

/** Appends a stretch, prolonging the last one when it ends where this begins. */
function append(stretches: Period[], next: Period) {
  const last = stretches.at(-1)
  if (last && +last.to === +next.from) stretches[stretches.length - 1] = { from: last.from, to: next.to }
  else stretches.push(next)
}

/**
 * What nothing ever touched is empty and need not be read: it only keeps a stretch that it follows from breaking off. A
 * stretch of rollups it must not prolong into the middle of a bucket, for its other half may not be empty.
 */
function prolong(all: Period[][], empty: Period) {
  const before = all.find((stretches) => +(stretches.at(-1)?.to ?? 0) === +empty.from)
  if (before) append(before, empty)
}

const clip = (period: Period, { from, to }: Period): Period => ({
  from: from < period.from ? period.from : from,
  to: to > period.to ? period.to : to,
})

type States = (width: Width, period: Period) => Promise<Map<string, boolean>>

/** Good whole hours from the rollup, the rest from raw facts. */
async function byHour(
  states: States,
  width: 'minute' | 'hour',
  period: Period,
): Promise<{ good: Period[]; bad: Period[] }> {
  const known = await states(width, period)
  const good: Period[] = []
  const bad: Period[] = []
  for (const { key, start } of bucketsOf(period, 'hour', Number.POSITIVE_INFINITY)) {
    const hour = { from: start, to: start.plus({ hours: 1 }) }
    const part = clip(period, hour)
    const isWhole = +part.from === +hour.from && +part.to === +hour.to
    const state = known.get(key)
    if (state === undefined) prolong(isWhole ? [bad, good] : [bad], part)
    else append(isWhole && state ? good : bad, part)
  }
  return { good, bad }
}

async function byDay(states: States, period: Period): Promise<Cover[]> {
  const known = await states('day', period)
  const days: Period[] = []
  const rest: Period[] = []
  const all = bucketsOf(period, 'day', Number.POSITIVE_INFINITY)
  all.forEach(({ key, start }, at) => {
    const day = { from: start, to: all[at + 1]?.start ?? start.plus({ days: 1 }).startOf('day') }
    const part = clip(period, day)
    const isWhole = +part.from === +day.from && +part.to === +day.to
    const state = known.get(key)
    if (state === undefined) prolong(isWhole ? [rest, days] : [rest], part)
    else append(isWhole && state ? days : rest, part)
  })
  const hours = { good: [] as Period[], bad: [] as Period[] }
  for (const stretch of rest) {
    const { good, bad } = await byHour(states, 'hour', stretch)
    hours.good.push(...good)
    hours.bad.push(...bad)
  }
  return [
    { from: 'day', periods: days },
    { from: 'hour', periods: hours.good },
    { from: 'raw', periods: hours.bad },
  ]
}

async function coverOf(question: Question, period: Period, states: States): Promise<Cover[]> {
  if (question.grain === 'minute' && period.from < question.now.minus({ days: minutesKept })) return inRaw(period)
  if (question.grain !== 'minute' && question.grain !== 'hour') return byDay(states, period)
  const { good, bad } = await byHour(states, question.grain, period)
  return [
    { from: question.grain, periods: good },
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
