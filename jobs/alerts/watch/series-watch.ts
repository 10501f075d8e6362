import type { MetricName } from '@guanlan/warehouse/metrics/catalog'
import { Detector } from '../../detect/detector.ts'
import type { Finding } from '../../detect/finding.ts'
import type { SeriesKind } from '../../detect/kinds.ts'
import { type CampaignMemory, newCampaign, watchCampaign } from './campaign-watch.ts'
import type { InCampaign } from './campaigns.ts'
import { fixedVerdict } from './fixed-rules.ts'
import type { FindingName, Judged, Seen } from './judged.ts'
import { newOddDay, type OddDayMemory, watchOddDay } from './odd-day-watch.ts'
import type { InOddDay } from './odd-days.ts'
import { type Condition, type Grain, grainSeconds, seriesKind } from './series.ts'
import { dispersionAfter, type Expected, isSuddenDrop, suddenAt, suddenBuckets } from './sudden-drop.ts'

/** What holds at the time of a bucket. */
export interface Circumstances {
  /** There was no data, or none that counts: the bucket is not judged and teaches nothing. */
  isMuted?: boolean
  campaign?: (InCampaign & { uplift: number }) | undefined
  oddDay?: (InOddDay & { uplift?: number | undefined }) | undefined
}

export interface SeriesOptions {
  metric: MetricName
  grain: Grain
  condition: Condition
  /** Alarms a week that are wanted of this one series. */
  wantedPerWeek?: number
}

/** All but the detector's own memory. */
interface Memo {
  open: boolean
  calm: number
  wrongSince: number | null
  bad: number
  good: number
  campaign: CampaignMemory | null
  /** States that were saved before there were any do not have it. */
  oddDay?: OddDayMemory | null
  /** The last buckets of a count, for a drop that is sudden. */
  last: Expected[]
  /** How much more than Poisson it varies. */
  dispersion: number
}

type Band = Pick<Judged, 'expected' | 'lower' | 'upper'>

const nothing: Band = { expected: null, lower: null, upper: null }

/** The way in which a finding is wrong; 0 is either, undefined none that is told. */
function directionOf(kind: Finding['kind'], off: number): -1 | 0 | 1 | undefined {
  if (kind === 'drop' || kind === 'slow_decline') return -1
  if (kind === 'spike' || kind === 'slow_rise') return 1
  if (kind === 'flat_line') return 0
  return kind === 'level_shift' && off !== 0 ? (Math.sign(off) as -1 | 1) : undefined
}

/** Judges the settled buckets of one series in their order, each once: by the detector, or by what a fixed rule says. */
export class SeriesWatch {
  readonly #options: SeriesOptions
  readonly #kind: SeriesKind
  readonly #detector: Detector | undefined
  /** How far from chance a drop must be to be told at once; undefined where that is not looked for. */
  readonly #suddenAt: number | undefined
  #memo: Memo = { open: false, calm: 0, wrongSince: null, bad: 0, good: 0, campaign: null, last: [], dispersion: 1 }

  /** @throws when `saved` is no state of such a series: then it learns anew */
  constructor(options: SeriesOptions, saved?: string) {
    this.#options = options
    this.#kind = seriesKind(options.metric)
    const state = saved === undefined ? undefined : (JSON.parse(saved) as { memo: Memo; detector?: string })
    if (state) this.#memo = state.memo
    if (options.condition.type !== 'anomaly') return
    const wanted = options.wantedPerWeek ?? options.condition.wanted_per_week
    const seconds = grainSeconds[options.grain]
    const isSwift = this.#kind === 'count' && seconds <= 300 && this.#isWanted(-1)
    this.#suddenAt = isSwift ? suddenAt(wanted, seconds) : undefined
    this.#detector = new Detector(
      {
        kind: this.#kind,
        period: seconds,
        sensitivity: { wanted_per_week: wanted },
      },
      state?.detector === undefined ? undefined : new Uint8Array(Buffer.from(state.detector, 'base64')),
    )
  }

  save(): string {
    const detector = this.#detector && Buffer.from(this.#detector.save()).toString('base64')
    return JSON.stringify({ memo: this.#memo, detector })
  }

  observe(seen: Seen, { isMuted = false, campaign, oddDay }: Circumstances = {}): Judged {
    if (isMuted) this.#memo.last = []
    if (isMuted || seen.value === null) return this.#said(seen, nothing)
    if (!this.#detector) return this.#judgeFixed(seen)
    if (campaign && this.#isMovedByCampaigns()) return this.#judgeCampaign(seen, seen.value, campaign)
    if (oddDay && this.#isMovedByCampaigns()) return this.#judgeOddDay(seen, seen.value, oddDay)
    if (this.#memo.campaign || this.#memo.oddDay) this.#leaveCampaign()
    return this.#judge(seen, seen.value, this.#detector)
  }

  /** A rate that must not rise, such as that of failed payments, must not rise in a promotion either. */
  #isMovedByCampaigns(): boolean {
    const { condition } = this.#options
    return this.#kind !== 'latency' && !(this.#kind === 'ratio' && 'direction' in condition && condition.direction === 'spike') // biome-ignore format: one condition
  }

  #judge(seen: Seen, value: number, detector: Detector): Judged {
    const finding = detector.observe({
      at: seen.start / 1000,
      value,
      ...(seen.denominator !== undefined && { denominator: seen.denominator }),
    })
    const { expected = value, lower = value, upper = value } = finding
    const off = value - expected
    const isOutside = 2 * Math.abs(off) > (off < 0 ? expected - lower : upper - expected)
    const memo = this.#memo
    const wrong = this.#isWanted(Math.sign(off)) && isOutside
    memo.wrongSince = wrong ? (memo.wrongSince ?? seen.start) : memo.open ? memo.wrongSince : null
    const way = finding.is_anomaly && !finding.warming ? directionOf(finding.kind, off) : undefined
    const isTold = way !== undefined && this.#isWanted(way) && (way === 0 || Math.sign(off) === way)
    const band = { expected, lower, upper }
    if (isTold && !memo.open) return this.#opens(seen, band, finding.kind ?? 'drop')
    if (this.#isSudden([value, expected], finding.warming)) {
      detector.standStill()
      return this.#opens(seen, band, 'drop')
    }
    // The detector ends an incident itself, after three calm points.
    this.#goesOn(finding.incident, 3)
    return this.#said(seen, band)
  }

  #isSudden(bucket: Expected, isYoung: boolean): boolean {
    if (this.#suddenAt === undefined) return false
    const memo = this.#memo
    memo.last = [...memo.last, bucket].slice(-suddenBuckets)
    if (memo.open || isYoung) return false
    const isSudden = isSuddenDrop(memo.last, memo.dispersion, this.#suddenAt)
    if (!isSudden) memo.dispersion = dispersionAfter(memo.dispersion, bucket)
    return isSudden
  }

  /** @param way −1 down, 1 up, 0 neither, which only who asks for both is told */
  #isWanted(way: number): boolean {
    const { condition } = this.#options
    const direction = 'direction' in condition ? condition.direction : 'both'
    return direction === 'both' || way === (direction === 'drop' ? -1 : 1)
  }

  #judgeCampaign(seen: Seen, value: number, { campaign, isAround, uplift }: NonNullable<Circumstances['campaign']>) {
    const memo = this.#memo
    if (memo.campaign?.id !== campaign.id) memo.campaign = newCampaign(campaign.id)
    const usual = this.#detector?.expectAt(seen.start / 1000)
    if (usual === undefined) return this.#said(seen, nothing)
    const seconds = grainSeconds[this.#options.grain]
    const options = { kind: this.#kind, seconds }
    const { denominator } = seen
    const watched = { value, denominator, usual, uplift, isAround }
    const { reference, isDrop, isCalm } = watchCampaign(memo.campaign, watched, options)
    const band = { expected: reference, lower: reference / 2, upper: null }
    if (isDrop && !memo.open && this.#isWanted(-1)) {
      memo.wrongSince = seen.start - (memo.campaign.low.length - 1) * seconds * 1000
      return this.#opens(seen, band, 'drop')
    }
    this.#goesOn(!isCalm, 3)
    return this.#said(seen, band)
  }

  #judgeOddDay(seen: Seen, value: number, { day, shift, uplift }: NonNullable<Circumstances['oddDay']>) {
    const memo = this.#memo
    const [usual, alike] = [seen.start, seen.start + shift].map((at) => this.#detector?.expectAt(at / 1000))
    if (usual === undefined || alike === undefined) return this.#said(seen, nothing)
    if (memo.oddDay?.day !== day) memo.oddDay = newOddDay(day)
    const seconds = grainSeconds[this.#options.grain]
    const options = { kind: this.#kind, seconds }
    const watched = { value, denominator: seen.denominator, usual, alike, uplift }
    const { off, buckets, isCalm, ...band } = watchOddDay(memo.oddDay, watched, options)
    if (off !== 0 && !memo.open && this.#isWanted(off)) {
      memo.wrongSince = seen.start - (buckets - 1) * seconds * 1000
      return this.#opens(seen, band, off < 0 ? 'drop' : 'spike')
    }
    this.#goesOn(!isCalm, 3)
    return this.#said(seen, band)
  }

  /** What was wrong in the campaign's proportions is for the detector to find again, in its own. */
  #leaveCampaign() {
    this.#memo.campaign = null
    this.#memo.oddDay = null
    this.#goesOn(false, 3)
  }

  #judgeFixed(seen: Seen): Judged {
    const { condition } = this.#options
    const verdict = fixedVerdict(condition, seen)
    if (!verdict) return this.#said(seen, nothing)
    const memo = this.#memo
    const needed = 'for_points' in condition ? condition.for_points : 1
    if (verdict.isBad) memo.wrongSince = memo.bad === 0 && !memo.open ? seen.start : memo.wrongSince
    memo.bad = verdict.isBad ? memo.bad + 1 : 0
    memo.good = verdict.isGood ? memo.good + 1 : 0
    if (memo.bad >= needed && !memo.open) return this.#opens(seen, verdict, verdict.finding)
    this.#goesOn(memo.good < needed, needed)
    return this.#said(seen, verdict)
  }

  #opens(seen: Seen, band: Band, finding: FindingName): Judged {
    this.#memo.open = true
    this.#memo.calm = 0
    return { ...this.#said(seen, band), opened: { finding, began: this.#memo.wrongSince ?? seen.start } }
  }

  /** @param calm how many calm buckets have passed when it ends */
  #goesOn(isOn: boolean, calm: number) {
    const memo = this.#memo
    if (!memo.open) {
      memo.calm += 1
      return
    }
    if (isOn) return
    memo.open = false
    memo.wrongSince = null
    memo.calm = calm
  }

  #said({ start, end, value }: Seen, { expected, lower, upper }: Band): Judged {
    const { open, calm } = this.#memo
    return { start, end, value, expected, lower, upper, opened: null, open, calm }
  }
}
