import { Detector } from '../detect/detector.ts'
import type { DetectorOptions, Finding } from '../detect/finding.ts'
import type { FindingKind } from '../detect/kinds.ts'
import { type Columns, columnsOf, plainColumns, type Row, readRow } from './read-row.ts'

export type Summary = {
  points: number
  gaps: number
  unreadable_lines: number
  weeks: number
  alarms: number
  alarms_per_week: number
  kinds: Partial<Record<FindingKind, number>>
}

const header = 'timestamp,value,expected,lower,upper,anomaly_score,is_anomaly'
const figure = (value: number | undefined | null) =>
  value === undefined || value === null ? '' : String(Number(value.toPrecision(9)))
const scoreOf = (finding: Finding) => finding.score.toFixed(6)

const asCsv = (row: Row, finding: Finding) =>
  [
    row.timestamp,
    figure(row.value),
    figure(finding.expected),
    figure(finding.lower),
    figure(finding.upper),
    scoreOf(finding),
    finding.is_anomaly ? 1 : 0,
  ].join(',')

const asJson = (row: Row, finding: Finding) =>
  JSON.stringify({
    timestamp: row.timestamp,
    value: row.value,
    expected: finding.expected ?? null,
    lower: finding.lower ?? null,
    upper: finding.upper ?? null,
    anomaly_score: Number(scoreOf(finding)),
    is_anomaly: finding.is_anomaly,
    kind: finding.kind ?? null,
    incident: finding.incident,
    warming: finding.warming,
  })

/** Plays a series, line by line, through a detector as if it happened now. */
export class Replay {
  readonly #detector: Detector
  readonly #json: boolean
  #columns: Columns | undefined
  #first: number | undefined
  #last = 0
  readonly #counts = { points: 0, gaps: 0, unreadable_lines: 0, alarms: 0 }
  readonly #kinds: Partial<Record<FindingKind, number>> = {}

  constructor(options: DetectorOptions, json = false) {
    this.#detector = new Detector(options)
    this.#json = json
  }

  /** The lines that answer this one: one a row; the header too, before the first; none for an empty line. */
  answer(line: string): string[] {
    if (line.trim() === '') return []
    if (this.#columns) return [this.#row(line, this.#columns)]
    const named = columnsOf(line)
    this.#columns = named ?? plainColumns
    const head = this.#json ? [] : [header]
    return named ? head : [...head, this.#row(line, this.#columns)]
  }

  summary(): Summary {
    const weeks = (this.#last - (this.#first ?? this.#last)) / 604_800
    const { alarms } = this.#counts
    return { ...this.#counts, weeks, alarms_per_week: weeks > 0 ? alarms / weeks : 0, kinds: { ...this.#kinds } }
  }

  #row(line: string, columns: Columns): string {
    const counts = this.#counts
    const row = readRow(line, columns)
    if (!row) {
      counts.unreadable_lines++
      return this.#json ? JSON.stringify({ unreadable: line }) : ',,,,,0,0'
    }
    const finding = this.#detector.observe(row)
    counts.points++
    if (row.value === null) counts.gaps++
    this.#first ??= row.at
    this.#last = Math.max(this.#last, row.at)
    if (finding.is_anomaly && finding.kind) {
      counts.alarms++
      this.#kinds[finding.kind] = (this.#kinds[finding.kind] ?? 0) + 1
    }
    return this.#json ? asJson(row, finding) : asCsv(row, finding)
  }
}

/** The summary as people read it. */
export const summaryText = ({ points, gaps, unreadable_lines, weeks, alarms, alarms_per_week, kinds }: Summary) => {
  const told = Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`)
  const unread = unreadable_lines > 0 ? `, ${unreadable_lines} lines unreadable` : ''
  return (
    `${points} points, ${gaps} gaps${unread}, ${weeks.toFixed(1)} weeks: ` +
    `${alarms} alarms, ${alarms_per_week.toFixed(2)} a week${told.length > 0 ? ` (${told.join(', ')})` : ''}\n`
  )
}
