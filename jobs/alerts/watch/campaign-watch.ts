import { type SeriesKind, surpriseByChance } from '../../detect/kinds.ts'

/** What is remembered of a series within one campaign. */
export interface CampaignMemory {
  id: string
  /** What came and what was expected lately, forgotten slowly: their ratio is the strength. */
  came: number
  planned: number
  /** Cases behind one unit of value lately, where a denominator is known. */
  cases: number
  /** Buckets in a row below half, as value, reference and denominator; and buckets in a row above it. */
  low: Off[]
  calm: number
}

export interface CampaignSeen {
  value: number
  denominator?: number | undefined
  /** What the series brings at this time without a campaign. */
  usual: number
  /** What an earlier campaign made of it at the same distance from its start; 1 when none is known. */
  uplift: number
  /** Before the beginning and after the end: then no more than the usual is asked. */
  isAround: boolean
}

const memorySeconds = 3600
/** The strength moves by at most a factor of so much of itself in a bucket. */
const clip = 3
const half = 0.5
/** Standard deviations of chance that make a drop certain. */
const certain = 6
const mostLow = 30

export const newCampaign = (id: string): CampaignMemory => ({ id, came: 0, planned: 0, cases: 0, low: [], calm: 0 })

/** Buckets in a row that must be low: minutes want five, hours two. */
export const several = (seconds: number) => (seconds <= 60 ? 5 : seconds <= 300 ? 3 : 2)

/** A bucket as value, reference and denominator. */
export type Off = [value: number, reference: number, denominator: number]

/** How certain it is that the buckets are not so far off by chance. */
export function certainty(off: readonly Off[], cases: number, kind: SeriesKind): number {
  const sum = (at: 0 | 1 | 2) => off.reduce((all, one) => all + one[at], 0)
  const [value, reference, denominator] = [sum(0), sum(1), sum(2)]
  if (kind === 'money' || kind === 'unknown') {
    // Of the cases that were to be expected: when nothing comes, there is none behind the value.
    return reference > 0 ? Math.abs(1 - value / reference) * Math.sqrt(cases * reference) : 0
  }
  if (kind === 'ratio')
    return surpriseByChance('ratio', value / off.length, reference / off.length, denominator || undefined)
  return kind === 'count' ? surpriseByChance('count', value, reference) : 0
}

/**
 * Watches a series through a planned campaign, in which nobody knows what is normal but in proportion: usual × what an
 * earlier campaign made of it × the strength that this one has shown so far. The strength begins at 1 and follows within
 * about an hour, so a rush at the beginning is no level that the rest could fall from. Told is only a drop below half of
 * that, for several buckets, that chance does not explain. Changes the memory.
 */
export function watchCampaign(
  memory: CampaignMemory,
  { value, denominator = 0, usual, uplift, isAround }: CampaignSeen,
  { kind, seconds }: { kind: SeriesKind; seconds: number },
): { reference: number; isDrop: boolean; isCalm: boolean } {
  const modelled = Math.max(0, usual * uplift)
  const weight = Math.min(1, seconds / memorySeconds)
  if (memory.planned === 0) memory.came = memory.planned = modelled
  const strength = memory.planned > 0 ? memory.came / memory.planned : 1
  const reference = isAround ? usual * Math.min(1, strength) : modelled * strength
  if (value < half * reference) {
    memory.low = [...memory.low, [value, reference, denominator] satisfies Off].slice(-mostLow)
    memory.calm = 0
  } else {
    memory.low = []
    memory.calm += 1
  }
  const isDrop = memory.low.length >= several(seconds) && certainty(memory.low, memory.cases, kind) >= certain
  const believed = Math.min(clip * reference, Math.max(reference / clip, value))
  memory.came += weight * ((isAround ? value : believed) - memory.came)
  memory.planned += weight * (modelled - memory.planned)
  if (denominator > 0 && value > 0) memory.cases = memory.cases || denominator / value
  if (denominator > 0 && value > 0) memory.cases += weight * (denominator / value - memory.cases)
  return { reference, isDrop, isCalm: memory.calm >= 3 }
}
