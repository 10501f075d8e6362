import type { IncidentVersion } from '@guanlan/warehouse/alerts/incident'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { expect, test } from 'vitest'
import { bookOf, type Change, type Outcome } from './book.ts'
import type { Rule } from './series.ts'

const minute = 60_000
const t0 = Date.parse('2026-11-20T12:00:00Z')
const ruleOf = (id: string, metric: string, more: object = {}): Rule => ({
  ...{ store_id: 's', id, version: 1, actor: 'test', at: '' },
  value: kinds.rule.parse({
    ...{ name: id, metric, grain: 'minute', severity: 'critical', condition: { type: 'anomaly', direction: 'drop' } },
    ...more,
  }),
})
const total = ruleOf('total', 'sessions')
const channel = ruleOf('channel', 'sessions', { by: 'channel' })
const gmv = ruleOf('gmv', 'paid_gmv', { grain: 'hour' })
const rules = [total, channel, gmv]

interface Told {
  at?: number
  value?: number
  expected?: number
  open?: boolean
  calm?: number
  opens?: boolean
}
const outcome = (rule: Rule, value: string | null, told: Told = {}): Outcome => {
  const { at = t0, value: came = 10, expected = 100, open = true, calm = 0, opens = false } = told
  const opened = opens ? { finding: 'drop' as const, began: at - 2 * minute } : null
  const last = { start: at - minute, end: at, value: came, expected, lower: 80, upper: 120, open, calm, opened }
  const slice = value === null ? null : { dimension: 'channel' as const, value }
  return { series: { rule, slice }, last, ...(opened && { opened: last }) }
}
const written = ({ incident_id, read_version, transition, value }: Change, at: number): IncidentVersion => ({
  ...{ store_id: 's', incident_id, version: read_version + 1, transition, value, notify: [], actor: 'watch' },
  at: new Date(at).toISOString(),
})
const book = (outcomes: Outcome[], incidents: IncidentVersion[], now = t0) =>
  bookOf(outcomes, incidents, { rules, now })
const opening = (at = t0) => written(book([outcome(channel, 'douyin', { at, opens: true })], [], at)[0] as Change, at)

test('an alarm opens an incident of its bucket; played again it is the same one', () => {
  const one = outcome(channel, 'douyin', { opens: true })
  const [change] = book([one], [])
  expect(change).toMatchObject({
    ...{ read_version: 0, transition: 'opened' },
    value: { state: 'open', opened_at: '2026-11-20T12:00:00.000Z', began_at: '2026-11-20T11:58:00.000Z', group: null, value: { actual: 10, expected: 100 } }, // biome-ignore format: one value
  })
  expect(book([one], [])[0]?.incident_id).toBe(change?.incident_id)
  expect(book([one], [written(change as Change, t0)])).toEqual([])
})

test('an open one is updated every five minutes, and is over after three calm buckets', () => {
  const incident = opening()
  const later = (minutes: number, told: Told = {}) =>
    book([outcome(channel, 'douyin', { at: t0 + minutes * minute, ...told })], [incident], t0 + minutes * minute)
  expect(later(4)).toEqual([])
  expect(later(5)).toMatchObject([{ transition: 'updated', read_version: 1 }])
  expect(later(4, { open: false, calm: 2 })).toEqual([])
  expect(later(4, { open: false, calm: 3 })).toMatchObject([
    { transition: 'resolved', value: { state: 'resolved', resolved_at: '2026-11-20T12:04:00.000Z' } },
  ])
})

test('what comes back within half an hour is reopened, and the second time is calm for longer before it is over', () => {
  let incident = opening()
  let at = t0
  const next = (minutes: number, told: Told) => {
    at += minutes * minute
    const [change] = book([outcome(channel, 'douyin', { at, ...told })], [incident], at)
    if (change) incident = written(change, at)
    return change?.transition
  }
  expect(next(4, { open: false, calm: 3 })).toBe('resolved')
  expect(next(10, { opens: true })).toBe('reopened')
  expect(next(4, { open: false, calm: 3 })).toBe('resolved')
  expect(next(10, { opens: true })).toBe('reopened')
  expect(incident.value).toMatchObject({ reopened: 2, state: 'open', resolved_at: null })
  expect(next(4, { open: false, calm: 3 })).toBeUndefined()
  expect(next(9, { open: false, calm: 12 })).toBe('resolved')
  const first = incident.incident_id
  expect(next(31, { opens: true })).toBe('opened')
  expect(incident.incident_id).not.toBe(first)
})

test('of a whole and the part that explains it the part is told; money that follows belongs to it', () => {
  const changes = book(
    [
      outcome(total, null, { opens: true, value: 300, expected: 400 }),
      outcome(channel, 'douyin', { opens: true, value: 30, expected: 110 }),
      outcome(gmv, null, { opens: true, value: 1000, expected: 9000 }),
    ],
    [],
  )
  const [douyin] = changes.filter(({ value }) => value.slice?.value === 'douyin')
  expect(changes.map(({ value }) => [value.rule.id, value.group])).toEqual(
    expect.arrayContaining([
      ['channel', null],
      ['total', douyin?.incident_id],
      ['gmv', douyin?.incident_id],
    ]),
  )
})

test('where no part explains most, the whole is told; another channel is told for itself', () => {
  const opened = (value: string | null, gap: number) =>
    outcome(value === null ? total : channel, value, { opens: true, value: 1000 - gap, expected: 1000 })
  const changes = book([opened('douyin', 150), opened('baidu', 140), opened(null, 400)], [])
  const [whole] = changes.filter(({ value }) => value.slice === null)
  expect(changes.filter(({ value }) => value.group === null)).toHaveLength(1)
  expect(changes.filter(({ value }) => value.group === whole?.incident_id)).toHaveLength(2)
  expect(book([opened('douyin', 150), opened('baidu', 140)], []).filter(({ value }) => value.group === null)).toHaveLength(2) // biome-ignore format: one line
})

test('who was told first stays what the others belong to, but missing data explain what fell with them', () => {
  const incident = opening()
  const [follower] = book([outcome(total, null, { opens: true, at: t0 + minute })], [incident], t0 + minute)
  expect(follower?.value.group).toBe(incident.incident_id)
  const data = ruleOf('data', 'events', { condition: { type: 'data_stopped', minutes: 3 } })
  const stopped = outcome(data, null, { opens: true, at: t0 + minute })
  const told = { ...stopped, opened: { ...stopped.last, opened: { finding: 'data_stopped' as const, began: t0 } } }
  const changes = bookOf([told], [incident], { rules: [...rules, data], now: t0 + minute })
  expect(changes).toMatchObject([
    { transition: 'opened', value: { finding: 'data_stopped', group: null } },
    { transition: 'updated', incident_id: incident.incident_id, value: { group: changes[0]?.incident_id } },
  ])
})

test('nobody acknowledges: it is escalated once; a rule that is gone ends its incidents', () => {
  const incident = opening()
  const escalating = { rules: [ruleOf('channel', 'sessions', { by: 'channel', escalate: { after_minutes: 10, notify: [] } })] } // biome-ignore format: one rule
  expect(bookOf([], [incident], { ...escalating, now: t0 + 9 * minute })).toEqual([])
  expect(bookOf([], [incident], { ...escalating, now: t0 + 10 * minute })).toMatchObject([{ transition: 'escalated' }])
  const acknowledged = { ...incident, value: { ...incident.value, state: 'acknowledged' as const } }
  expect(bookOf([], [acknowledged], { ...escalating, now: t0 + 10 * minute })).toEqual([])
  expect(bookOf([], [incident], { rules: [], now: t0 })).toMatchObject([{ transition: 'resolved' }])
})
