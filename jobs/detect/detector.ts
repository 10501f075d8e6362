import { ALARM_CELLS, Alarm, alarmAt } from './alarm.ts'
import { constants } from './constants.ts'
import { DRIFT_CELLS, Drift } from './drift.ts'
import { EVIDENCE_CELLS, Evidence, type Verdict } from './evidence.ts'
import { EXPECTATION_CELLS, Expectation } from './expectation.ts'
import type { DetectorOptions, Finding, Point } from './finding.ts'
import { GAPS_CELLS, Gaps } from './gaps.ts'
import { GRAIN_CELLS, Grain } from './grain.ts'
import { type FindingKind, findingKinds, type SeriesKind, surpriseByChance } from './kinds.ts'
import { Memory } from './memory.ts'
import { NOISE_CELLS, Noise } from './noise.ts'
import { REPEATS_CELLS, Repeats } from './repeats.ts'
import { SEASON_CELLS, Season } from './season.ts'
import { TAIL_CELLS, Tail } from './tail.ts'

/** Raised when what the cells mean changes: a state of another layout is refused, and the series learns anew. */
const LAYOUT = 1
const OWN_CELLS = 12
const CELLS =
  OWN_CELLS +
  GRAIN_CELLS +
  SEASON_CELLS +
  NOISE_CELLS +
  EVIDENCE_CELLS +
  TAIL_CELLS +
  DRIFT_CELLS +
  ALARM_CELLS +
  EXPECTATION_CELLS +
  GAPS_CELLS +
  REPEATS_CELLS
const [VERSION, SEEN, AT, COUNT, FAST, SLOW, STEADY, SUM, WHOLE, ANCHOR, SCORE, KIND] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
] as const
const HUGE = 1e100
/** The score of the least evidence that raises an alarm. */
const ALARM = 0.5
/** The standard deviation of the running sum of white noise. */
const SUM_SIGMA = Math.sqrt(constants.sum_weight / (2 - constants.sum_weight))
/** Stored as a number: 0 is no finding. */
const kinds = [undefined, ...findingKinds]

/**
 * Watches one series, point by point. Causal: the answer for a point is final, and depends only on the points before it.
 * Memory is constant (about 22 kB), time per point some microseconds. Not safe to share between two series.
 *
 * @example
 * const detector = new Detector({ kind: 'count' }, saved)
 * const finding = detector.observe({ at: 1_700_000_000, value: 42 })
 * const saved = detector.save()
 */
export class Detector {
  readonly #memory: Memory
  readonly #own: Float64Array
  readonly #grain: Grain
  readonly #season: Season
  readonly #noise: Noise
  readonly #evidence: Evidence
  readonly #magnitudes: Tail
  readonly #drift: Drift
  readonly #alarm: Alarm
  readonly #expectation: Expectation
  readonly #gaps: Gaps
  readonly #repeats: Repeats
  readonly #kind: SeriesKind
  readonly #alarmAt: number

  /** @throws {RangeError} when `saved` is no state of this layout. */
  constructor(options: DetectorOptions = {}, saved?: Uint8Array) {
    const sensitivity = options.sensitivity ?? { wanted_per_week: constants.wanted_per_week }
    this.#memory = new Memory(CELLS, saved)
    this.#own = this.#memory.take(OWN_CELLS)
    if (saved && this.#own[VERSION] !== LAYOUT) throw new RangeError(`saved state has layout ${this.#own[VERSION]}`)
    if (!saved) this.#own[WHOLE] = 1
    this.#own[VERSION] = LAYOUT
    this.#grain = new Grain(this.#memory.take(GRAIN_CELLS), options.period)
    this.#season = new Season(this.#memory.take(SEASON_CELLS))
    this.#noise = new Noise(this.#memory.take(NOISE_CELLS))
    this.#evidence = new Evidence(this.#memory.take(EVIDENCE_CELLS))
    this.#magnitudes = new Tail(this.#memory.take(TAIL_CELLS), { deep: 3.1, least: 0 })
    this.#drift = new Drift(this.#memory.take(DRIFT_CELLS))
    this.#alarm = new Alarm(this.#memory.take(ALARM_CELLS), sensitivity)
    this.#expectation = new Expectation(this.#memory.take(EXPECTATION_CELLS))
    this.#gaps = new Gaps(this.#memory.take(GAPS_CELLS))
    this.#repeats = new Repeats(this.#memory.take(REPEATS_CELLS))
    this.#kind = options.kind ?? 'unknown'
    this.#alarmAt = alarmAt(sensitivity)
  }

  /** Everything it remembers. `new Detector(options, saved)` goes on exactly where this one stands. */
  save(): Uint8Array {
    return this.#memory.bytes()
  }

  /** Somebody else has seen an incident begin: the expectation stands still until three points are calm. */
  standStill(): void {
    this.#expectation.stand()
  }

  /** What it would expect at a moment, without judging or learning anything; undefined until a first value was seen. */
  expectAt(at: number): number | undefined {
    if ((this.#own[COUNT] as number) === 0) return undefined
    const least = this.#kind !== 'unknown' || this.#own[WHOLE] === 1 ? 0 : Number.NEGATIVE_INFINITY
    return Math.max(least, this.#shownAt(at))
  }

  /** A repeated time gets the answer it had; an earlier one, or one that is no number, is not judged and teaches nothing. */
  observe(point: Point): Finding {
    const own = this.#own
    if (!Number.isFinite(point.at)) return this.#unjudged()
    if (own[SEEN] === 1) {
      if (point.at === own[AT]) return this.#again()
      if (point.at < (own[AT] as number)) return this.#unjudged()
      this.#grain.learn(point.at - (own[AT] as number))
    }
    const elapsed = own[SEEN] === 1 ? point.at - (own[AT] as number) : 0
    own[SEEN] = 1
    own[AT] = point.at
    if (point.value === null || !Number.isFinite(point.value)) return this.#missing(point.at, elapsed)
    this.#gaps.filled()
    const value = Math.max(-HUGE, Math.min(HUGE, point.value))
    return this.#judge(point.at, value, elapsed, point.denominator)
  }

  #judge(at: number, value: number, elapsed: number, denominator?: number): Finding {
    const own = this.#own
    const count = (own[COUNT] as number) + 1
    own[COUNT] = count
    if (count === 1) {
      own[FAST] = own[SLOW] = own[STEADY] = value
      this.#expectation.begin(value)
    }
    if (value < 0 || value !== Math.floor(value)) own[WHOLE] = 0
    const kind = this.#kind === 'unknown' && own[WHOLE] === 1 ? 'count' : this.#kind

    const pointsPerDay = 86_400 / this.#grain.seconds
    const settled = count > 7 * pointsPerDay
    const season = this.#season.at(at) * (settled ? this.#proportion(own[STEADY] as number) : 1)
    const shown = this.#shownAt(at)
    const residual = {
      fast: value - (own[FAST] as number) - season,
      slow: value - (own[SLOW] as number) - season,
      base: value - this.#season.base,
    }
    const tiny = 1e-6 * Math.abs(own[FAST] as number) + 1e-9
    const anchor = (own[ANCHOR] as number) / 64
    const floor = (share: { exceeded_by: number; divisor: number }) =>
      count < 50 ? 0 : (anchor * this.#magnitudes.quantile(share.exceeded_by)) / share.divisor
    const fastSigma = Math.max(this.#noise.fast(at), floor(constants.spike_floor)) + tiny
    const slowNoise = this.#noise.slow() + tiny
    const slowSigma = Math.max(slowNoise, floor(constants.run_floor))
    const baseSigma = this.#noise.marginal()

    const bounded = (deviation: number, expected: number) => {
      const most = surpriseByChance(kind, value, expected, denominator)
      return Math.max(-most, Math.min(most, deviation))
    }
    const fromSteady = bounded((value - (own[STEADY] as number) - season) / slowSigma, (own[STEADY] as number) + season)
    const believed = Math.max(-constants.clip, Math.min(constants.clip, fromSteady))
    own[SUM] = (own[SUM] as number) + constants.sum_weight * (believed - (own[SUM] as number))
    const ready = count > pointsPerDay
    const deviations = {
      fast: bounded(residual.fast / fastSigma, (own[FAST] as number) + season),
      slow: bounded(residual.slow / slowSigma, (own[SLOW] as number) + season),
      base: baseSigma > 0 ? Math.abs(bounded(residual.base / (baseSigma + tiny), this.#season.base)) : 0,
      repeats: this.#repeats.learn(value, count),
      drift: this.#drift.learn(at, value),
      sum: Math.abs(own[SUM] as number) / SUM_SIGMA,
    }
    this.#expectation.say(shown, {
      kind,
      bounded: this.#kind !== 'unknown' || own[WHOLE] === 1,
      sigma: slowSigma,
      distance: this.#evidence.distanceAt(this.#alarmAt),
      count,
      denominator,
    })
    const perWeek = 7 * pointsPerDay
    const deep = Math.min(0.2, Math.max(constants.tail_deep, constants.tail_per_week / perWeek))
    const pace = {
      memory: Math.max(constants.tail_points, constants.tail_days * pointsPerDay),
      deep,
      shallow: Math.min(0.5, (deep * constants.tail_shallow) / constants.tail_deep),
    }
    const verdict = this.#evidence.weigh(deviations, count, ready, pace)
    const judged = count > constants.warmup
    const strength = this.#alarm.judge(judged ? verdict.evidence * (ready ? 1 : constants.cold_voice) : 0, elapsed)
    this.#decide(
      strength,
      this.#kindOf(verdict, verdict.by === 'sum' ? (own[SUM] as number) : residual.slow, deviations.drift, count),
    )

    this.#magnitudes.learn(own[ANCHOR] ? Math.abs(residual.fast) / anchor : 0, pace.memory, pace.deep, pace.shallow)
    if (!own[ANCHOR]) own[ANCHOR] = Math.abs(residual.fast)
    const clip = (amount: number, sigma: number) =>
      judged ? Math.max(-constants.clip * sigma, Math.min(constants.clip * sigma, amount)) : amount
    own[FAST] = (own[FAST] as number) + constants.fast_weight * clip(residual.fast, fastSigma)
    const slowStep = clip(residual.slow, slowNoise)
    own[SLOW] = (own[SLOW] as number) + Math.max(constants.slow_weight, 1 / count) * slowStep
    own[STEADY] =
      (own[STEADY] as number) +
      Math.max(constants.steady_weight, 1 / count) * clip(value - (own[STEADY] as number) - season, slowNoise)
    this.#expectation.follow(value, (own[SCORE] as number) >= ALARM)
    this.#expectation.learn(clip(value - shown, slowSigma), count, pointsPerDay)
    this.#noise.learn(at, residual, fastSigma, slowNoise, count, pointsPerDay)
    this.#season.learn(at, value, 3 * constants.clip * fastSigma, count, pointsPerDay)
    return this.#again()
  }

  #missing(at: number, elapsed: number): Finding {
    const own = this.#own
    if ((own[COUNT] as number) > 0) this.#expectation.slide(this.#shownAt(at))
    const evidence = this.#gaps.empty()
    const judged = (own[COUNT] as number) > constants.warmup ? evidence : 0
    this.#decide(this.#alarm.judge(judged, elapsed), 'missing')
    own[KIND] = kinds.indexOf('missing')
    return this.#again()
  }

  #shownAt(at: number): number {
    const { level } = this.#expectation
    const settled = (this.#own[COUNT] as number) > (7 * 86_400) / this.#grain.seconds
    return level + this.#season.at(at) * (settled ? this.#proportion(level) : 1)
  }

  /** Counts and money swing in proportion to their level: a shop at half its usual size has half its usual peak. */
  #proportion(level: number): number {
    const base = this.#season.base
    if (base <= 0 || (this.#kind !== 'count' && this.#kind !== 'money')) return 1
    return Math.max(0.25, Math.min(4, level / base))
  }

  #kindOf({ by }: Verdict, deviation: number, drift: number, count: number): FindingKind {
    if (by === 'repeats') return 'flat_line'
    if (by === 'drift') return drift < 0 ? 'slow_decline' : 'slow_rise'
    if (this.#evidence.lasting(count) >= 6) return 'level_shift'
    return deviation < 0 ? 'drop' : 'spike'
  }

  /** `strength` 1 raises an alarm. */
  #decide(strength: number, kind: FindingKind) {
    const own = this.#own
    own[SCORE] = strength / (1 + strength)
    own[KIND] = strength >= 1 || this.#expectation.incident ? kinds.indexOf(kind) : 0
  }

  #again(): Finding {
    const own = this.#own
    const known = (own[COUNT] as number) > 0
    return {
      expected: known ? this.#expectation.expected : undefined,
      lower: known ? this.#expectation.lower : undefined,
      upper: known ? this.#expectation.upper : undefined,
      score: own[SCORE] as number,
      is_anomaly: (own[SCORE] as number) >= ALARM,
      incident: this.#expectation.incident,
      kind: kinds[own[KIND] as number],
      warming: (own[COUNT] as number) < Math.max(constants.warmup, 86_400 / this.#grain.seconds),
    }
  }

  #unjudged(): Finding {
    return { ...this.#again(), score: 0, is_anomaly: false, kind: undefined }
  }
}
