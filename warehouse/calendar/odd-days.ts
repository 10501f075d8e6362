// The text of the package, not its code: that reads a day by the clock of the process.
import plan from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { DateTime } from 'luxon'
import type { Words } from '../metrics/metric.ts'

/** A day that is not what its weekday says: a public holiday, or a weekend's day on which everybody works for it. */
export interface OddDay {
  kind: 'holiday' | 'make_up'
  name: Words
  /** Of a holiday: the first is 1; and all days off that bear its name in a row. */
  nth: number
  of: number
  /** The first day of that row. */
  first: string
}

const dayMs = 86_400_000
const zones = new Set(['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Chongqing', 'Asia/Harbin', 'PRC'])

/** The days off by law that have a fixed date: what is known of years whose plan the State Council has not published. */
const byLaw = { '01-01': "New Year's Day,元旦", '05-01': 'Labour Day,劳动节', '05-02': 'Labour Day,劳动节', '10-01': 'National Day,国庆节', '10-02': 'National Day,国庆节', '10-03': 'National Day,国庆节' } // biome-ignore format: a table
const yearsBeyond = 10

const wordsOf = (text: string): Words => {
  const [en = '', zh = ''] = text.split(',')
  return { en, zh: /[旦节日]$/.test(zh) ? zh : `${zh}节` }
}

const dayAfter = (day: string, days = 1) => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)

function daysOff(): Map<string, Words> {
  const known = new Map(Object.entries(plan.holidays).map(([day, text]) => [day, wordsOf(text)]))
  const last = Number([...known.keys()].sort().at(-1)?.slice(0, 4))
  for (let year = last + 1; year <= last + yearsBeyond; year += 1) {
    for (const [day, text] of Object.entries(byLaw)) known.set(`${year}-${day}`, wordsOf(text))
  }
  return known
}

function china(): ReadonlyMap<string, OddDay> {
  const off = daysOff()
  const isSame = (day: string, name: Words) => off.get(day)?.zh === name.zh
  const odd = new Map<string, OddDay>()
  for (const [day, name] of off) {
    let [first, end] = [day, dayAfter(day)]
    while (isSame(dayAfter(first, -1), name)) first = dayAfter(first, -1)
    while (isSame(end, name)) end = dayAfter(end)
    const from = (to: string) => Math.round((Date.parse(to) - Date.parse(first)) / dayMs)
    odd.set(day, { kind: 'holiday', name, nth: from(day) + 1, of: from(end), first })
  }
  for (const [day, text] of Object.entries(plan.workdays)) {
    odd.set(day, { kind: 'make_up', name: wordsOf(text), nth: 1, of: 1, first: day })
  }
  return odd
}

let chinese: ReadonlyMap<string, OddDay> | undefined
const none: ReadonlyMap<string, OddDay> = new Map()

/** The odd days of the country that a time zone belongs to, by day; none where the country is not known. */
export function oddDays(timeZone: string): ReadonlyMap<string, OddDay> {
  if (!zones.has(timeZone)) return none
  chinese ??= china()
  return chinese
}

/** What a moment's day is by the store's clock, where it is not what its weekday says. */
export const oddDayAt = (at: number, timeZone: string): OddDay | undefined =>
  oddDays(timeZone).get(DateTime.fromMillis(at, { zone: timeZone }).toISODate() ?? '')
