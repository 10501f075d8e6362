import { expect, test } from 'vitest'
import { Detector } from './detector.ts'
import { alarms, play, poisson, random, shopping, start } from './series.ts'

const HOUR = 3600
const DAY = 86_400

/** Orders per `period`, `days` long, as a shop has them; `factor` bends them. */
const orders = (period: number, days: number, scale: number, factor: (seconds: number) => number | null = () => 1) => {
  const next = random(11)
  return Array.from({ length: (days * DAY) / period }, (_, index) => {
    const bent = factor(index * period)
    const count = poisson(scale * shopping(index * period) * (bent ?? 1), next)
    return bent === null ? null : count
  })
}

test('A later point never changes the answer for an earlier one.', () => {
  const values = orders(300, 12, 60, (at) => (at > 9 * DAY && at < 9.5 * DAY ? 0.2 : 1))
  const whole = play(values, 300)
  for (const length of [1, 31, 64, 65, 300, 2000, 2700]) {
    expect(play(values.slice(0, length), 300)).toEqual(whole.slice(0, length))
  }
})

test('A detector restored from its saved state answers as the one that never stopped.', () => {
  const values = orders(300, 12, 60, (at) => (at > 9 * DAY && at < 9.5 * DAY ? 0.2 : 1))
  const whole = play(values, 300, { kind: 'count' })
  let saved: Uint8Array | undefined
  const restarted = values.map((value, index) => {
    const detector = new Detector({ kind: 'count' }, saved)
    const finding = detector.observe({ at: start + index * 300, value })
    saved = detector.save()
    return finding
  })
  expect(restarted).toEqual(whole)
  expect(saved?.byteLength).toBeLessThan(24_000)
})

test('A state of another layout or length is refused.', () => {
  const saved = new Detector().save()
  expect(() => new Detector({}, saved.slice(8))).toThrow(/bytes, expected/)
  new DataView(saved.buffer).setFloat64(0, 99, true)
  expect(() => new Detector({}, saved)).toThrow('saved state has layout 99')
})

test('Quiet nights of three orders an hour raise no alarm in three weeks.', () => {
  const found = alarms(play(orders(HOUR, 21, 15), HOUR, { kind: 'count' }))
  expect(found).toEqual([])
})

test('A single order in a series of zeros is no anomaly; thirty at once are one.', () => {
  const zeros = new Array<number>(400).fill(0)
  const one = zeros.with(300, 1)
  expect(alarms(play(one, HOUR, { kind: 'count' }))).toEqual([])
  expect(alarms(play(zeros.with(300, 30), HOUR, { kind: 'count' }))).toEqual([{ index: 300, kind: 'spike' }])
})

test.each([
  [60, 40],
  [300, 200],
  [HOUR, 500],
])('A fall by 70 % at noon is told as one drop within three points of %i seconds.', (period, scale) => {
  const noon = 21 * DAY + 12 * HOUR
  const values = orders(period, 22, scale, (at) => (at >= noon ? 0.3 : 1))
  const findings = play(values, period, { kind: 'count' })
  const first = noon / period
  const found = alarms(findings).filter(({ index }) => index >= first)
  expect(found[0]?.kind).toBe('drop')
  expect(found[0]?.index).toBeLessThanOrEqual(first + 2)
  // Three quiet weeks at two wanted alarms a week.
  expect(alarms(findings.slice(0, first)).length).toBeLessThanOrEqual(6)
  // Twelve hours of the same fall are one incident, and the expectation still is what the shop would have had.
  expect(found.length).toBeLessThanOrEqual(2)
  const later = first + Math.max(1, Math.round(HOUR / 2 / period))
  expect((findings[later]?.expected ?? 0) / (scale * shopping(later * period))).toBeGreaterThan(0.8)
})

test('Orders that stop altogether at three a minute are told within fifteen minutes.', () => {
  const noon = 21 * DAY + 12 * HOUR
  const values = orders(60, 22, 3, (at) => (at >= noon ? 0 : 1))
  const found = alarms(play(values, 60, { kind: 'count' })).filter(({ index }) => index >= noon / 60)
  expect(found[0]?.kind).toBe('drop')
  expect(found[0]?.index).toBeLessThanOrEqual(noon / 60 + 15)
})

test('A decline of five percent a day is told as slow within eight days.', () => {
  const from = 28 * DAY
  const values = orders(HOUR, 38, 500, (at) => (at > from ? 1 - (0.05 * (at - from)) / DAY : 1))
  const slow = alarms(play(values, HOUR, { kind: 'count' })).filter(({ kind }) => kind === 'slow_decline')
  expect(slow[0]?.index).toBeGreaterThan(from / HOUR)
  expect(slow[0]?.index).toBeLessThanOrEqual(from / HOUR + 8 * 24)
})

test('A value that stands still where it used to move is a flat line.', () => {
  const next = random(3)
  const moving = Array.from({ length: 2000 }, () => 50 + Math.round(40 * next()) / 10)
  const found = alarms(play([...moving, ...new Array<number>(60).fill(51.3)], 60))
  expect(found).toContainEqual({ index: expect.toSatisfy((index: number) => index < 2030), kind: 'flat_line' })
})

test('A gap is missing, and no drop; a series that often has gaps is not blamed for one.', () => {
  const values = orders(300, 10, 60)
  for (let index = 2000; index < 2024; index++) values[index] = null
  const findings = play(values, 300, { kind: 'count' })
  expect(alarms(findings).filter(({ index }) => index >= 2000 && index < 2030)).toEqual([
    { index: 2001, kind: 'missing' },
  ])
  expect(findings[2010]?.kind).toBe('missing')

  const holed = orders(300, 10, 60).map((value, index) => (index % 4 === 3 ? null : value))
  expect(alarms(play(holed, 300, { kind: 'count' })).filter(({ kind }) => kind === 'missing')).toEqual([])
})

test('A new level is told once, and is the expectation a week later.', () => {
  const values = orders(300, 24, 200, (at) => (at > 14 * DAY ? 2 : 1))
  const findings = play(values, 300, { kind: 'count' })
  const shifted = alarms(findings).filter(({ index }) => index > 14 * 288 && index < 15 * 288)
  expect(shifted.length).toBeGreaterThanOrEqual(1)
  expect(shifted.length).toBeLessThanOrEqual(4)
  const noon = 22 * 288 + 144
  const expected = findings[noon]?.expected ?? 0
  // 200 × 2 × the noon share, with the week's share of weekday or weekend.
  expect(expected / (400 * shopping(noon * 300))).toBeGreaterThan(0.8)
  expect(expected / (400 * shopping(noon * 300))).toBeLessThan(1.2)
  expect(alarms(findings).filter(({ index }) => index > 17 * 288).length).toBeLessThanOrEqual(3)
})

test('A conversion rate of one buyer among three visitors is no spike; of 300 among 900 it is.', () => {
  const rates = (denominator: number) => {
    const detector = new Detector({ kind: 'ratio' })
    const next = random(5)
    for (let index = 0; index < 1500; index++) {
      const buyers = poisson(900 * 0.03, next)
      detector.observe({ at: start + index * 60, value: buyers / 900, denominator: 900 })
    }
    return detector.observe({ at: start + 1500 * 60, value: 1 / 3, denominator })
  }
  expect(rates(3).is_anomaly).toBe(false)
  expect(rates(900)).toMatchObject({ is_anomaly: true, kind: 'spike' })
})

test('More wanted alarms never give fewer.', () => {
  const values = orders(300, 21, 30, (at) => (Math.floor(at / 7200) % 31 === 0 ? 1.7 : 1))
  const counts = [0.1, 0.5, 2, 8, 50].map(
    (wanted_per_week) => alarms(play(values, 300, { kind: 'count', sensitivity: { wanted_per_week } })).length,
  )
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(counts.at(-1)).toBeGreaterThan(counts[0] ?? 0)
})

test('The band is wide on the first day and says so, and narrow after a week.', () => {
  const findings = play(orders(HOUR, 14, 400), HOUR, { kind: 'count' })
  expect(findings[2]?.warming).toBe(true)
  expect(findings[30]?.warming).toBe(false)
  const width = (index: number) => (findings[index]?.upper ?? 0) - (findings[index]?.lower ?? 0)
  expect(width(12)).toBeGreaterThan(width(12 + 24 * 12))
})
