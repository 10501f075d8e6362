import { expect, test } from 'vitest'
import { Detector } from './detector.ts'
import { alarms, play, random, start } from './series.ts'

const next = random(17)
const noise = Array.from({ length: 600 }, () => next())

test.each<[string, (number | null)[]]>([
  ['a constant', new Array<number>(600).fill(45)],
  ['zeros', new Array<number>(600).fill(0)],
  ['gaps only', new Array<null>(600).fill(null)],
  ['huge values', noise.map((value) => value * 1e300)],
  ['the largest numbers of both signs', noise.map((value) => (value > 0.5 ? 1 : -1) * Number.MAX_VALUE)],
  ['tiny values', noise.map((value) => value * 1e-300)],
  ['negative values', noise.map((value) => -1e6 * value)],
  ['no numbers at all', noise.map((value) => (value > 0.5 ? Number.NaN : Number.POSITIVE_INFINITY))],
  ['one leap out of a constant', [...new Array<number>(500).fill(7), 1e12, ...new Array<number>(99).fill(7)]],
])('Every figure stays finite with %s.', (_, values) => {
  for (const period of [1, 60, 86_400]) {
    for (const kind of ['count', 'ratio', 'money', 'latency', 'unknown'] as const) {
      for (const { expected, lower, upper, score } of play(values, period, { kind })) {
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        for (const figure of [expected, lower, upper])
          expect(figure === undefined || Number.isFinite(figure)).toBe(true)
        expect((lower ?? 0) <= (expected ?? 0) && (expected ?? 0) <= (upper ?? 0)).toBe(true)
      }
    }
  }
})

test('A constant raises no alarm, however long it lasts.', () => {
  expect(alarms(play(new Array<number>(5000).fill(45), 60))).toEqual([])
})

test('A repeated time gets the same answer and teaches nothing.', () => {
  const once = new Detector()
  const twice = new Detector()
  noise.forEach((value, index) => {
    const finding = once.observe({ at: start + index * 60, value })
    expect(twice.observe({ at: start + index * 60, value })).toEqual(finding)
    expect(twice.observe({ at: start + index * 60, value: 1e9 })).toEqual(finding)
  })
  expect(twice.save()).toEqual(once.save())
})

test('A point from the past, or of no time, is not judged and teaches nothing.', () => {
  const detector = new Detector()
  noise.forEach((value, index) => {
    detector.observe({ at: start + index * 60, value })
  })
  const before = detector.save()
  expect(detector.observe({ at: start + 60, value: 1e9 })).toMatchObject({ score: 0, is_anomaly: false })
  expect(detector.observe({ at: Number.NaN, value: 1e9 })).toMatchObject({ score: 0, is_anomaly: false })
  expect(detector.save()).toEqual(before)
})

test('Irregular times find the usual interval, and an outage of three weeks does no harm.', () => {
  const detector = new Detector()
  let at = start
  for (const value of [...noise, ...noise]) {
    at += 540 + Math.round(120 * value)
    detector.observe({ at, value: 10 + value })
  }
  at += 21 * 86_400
  const found = noise.map((value) => {
    at += 600
    return detector.observe({ at, value: 10 + value })
  })
  expect(alarms(found).length).toBeLessThanOrEqual(1)
})
