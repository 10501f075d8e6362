import { Detector } from '../../detect/detector.ts'
import { surpriseByChance } from '../../detect/kinds.ts'
import type { DataTrouble } from './settled.ts'

/** What arrived in a settled minute; times in milliseconds. */
export interface DataMinute {
  start: number
  end: number
  /** Storefront events of people, of bots, and what was refused. */
  events: number
  bots: number
  rejected: number
  /** Why the minute's facts are not there, when they are not. */
  missing: DataTrouble | null
}

/** What is to be thought of the data of a minute. */
export interface DataVerdict {
  start: number
  end: number
  trouble: DataTrouble | null
  /** When the trouble began; null without one. */
  since: number | null
  events: number
  expected: number | null
  /** Minutes in a row without trouble. */
  calm: number
}

type Sums = Pick<DataMinute, 'events' | 'bots' | 'rejected'> & { expected: number }

interface Memo {
  /** Silent minutes in a row: when they began, and how many events they should have had. */
  silentSince: number | null
  silentExpected: number
  /** The last five minutes. */
  window: Sums[]
  /** Usual numbers a minute, forgotten in about a day. */
  usual: { events: number; bots: number; rejected: number }
  since: number | null
  calm: number
}

/** e⁻²⁰: so many events do not stay away by chance. */
const impossible = 20
const windowMinutes = 5
const dayWeight = 1 / 1440
/** The least of a burst, and by how much a share must have jumped. */
const leastBurst = 20
const jump = 0.3
/** How far people's events must have fallen, and how certainly. */
const fallen = 0.7
const certain = 4

const nobody = { events: 0, bots: 0, rejected: 0, expected: 0 }

/** Tells no data from no traffic, minute by minute of a whole store. */
export class DataWatch {
  readonly #detector: Detector
  #memo: Memo = {
    ...{ silentSince: null, silentExpected: 0, window: [], since: null, calm: 0 },
    usual: { events: 0, bots: 0, rejected: 0 },
  }

  constructor(saved?: string) {
    const state = saved === undefined ? undefined : (JSON.parse(saved) as { memo: Memo; detector: string })
    if (state) this.#memo = state.memo
    const cells = state && new Uint8Array(Buffer.from(state.detector, 'base64'))
    this.#detector = new Detector({ kind: 'count', period: 60 }, cells)
  }

  save(): string {
    return JSON.stringify({ memo: this.#memo, detector: Buffer.from(this.#detector.save()).toString('base64') })
  }

  observe(minute: DataMinute): DataVerdict {
    const expected = this.#detector.expectAt(minute.start / 1000) ?? 0
    const trouble = minute.missing ?? this.#troubleOf(minute, expected)
    const memo = this.#memo
    if (trouble) {
      memo.since ??= (trouble === 'tracker_stopped' && memo.silentSince) || minute.start
      memo.calm = 0
    } else {
      memo.since = null
      memo.calm += 1
      // A silence that may yet turn out to be one teaches nothing.
      if (minute.events > 0 || expected < 1) this.#learn(minute)
    }
    const { start, end, events } = minute
    return { start, end, trouble, since: memo.since, events, expected, calm: memo.calm }
  }

  #troubleOf({ start, events, bots, rejected }: DataMinute, expected: number): DataTrouble | null {
    const memo = this.#memo
    memo.window = [...memo.window, { events, bots, rejected, expected }].slice(-windowMinutes)
    if (events > 0) {
      memo.silentSince = null
      memo.silentExpected = 0
    } else {
      memo.silentSince ??= start
      memo.silentExpected += expected
      if (memo.silentExpected >= impossible) return 'tracker_stopped'
    }
    return this.#burst()
  }

  /** People's events have fallen while what is refused, or called a bot's, has jumped. */
  #burst(): DataTrouble | null {
    const { window, usual } = this.#memo
    const sum = window.reduce((all, one) => {
      const { events, bots, rejected, expected } = one
      return {
        ...{ events: all.events + events, bots: all.bots + bots },
        ...{ rejected: all.rejected + rejected, expected: all.expected + expected },
      }
    }, nobody)
    const isFallen = sum.events < fallen * sum.expected && surpriseByChance('count', sum.events, sum.expected) > certain
    if (!isFallen) return null
    const share = (part: number, of: number) => (part + of > 0 ? part / (part + of) : 0)
    const jumped = (what: 'bots' | 'rejected') =>
      sum[what] >= leastBurst && share(sum[what], sum.events) > share(usual[what], usual.events) + jump
    return jumped('rejected') ? 'events_rejected' : jumped('bots') ? 'bots' : null
  }

  #learn({ start, events, bots, rejected }: DataMinute) {
    const { usual } = this.#memo
    this.#detector.observe({ at: start / 1000, value: events })
    usual.events += dayWeight * (events - usual.events)
    usual.bots += dayWeight * (bots - usual.bots)
    usual.rejected += dayWeight * (rejected - usual.rejected)
  }
}
