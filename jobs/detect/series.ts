import { Detector } from './detector.ts'
import type { DetectorOptions, Finding } from './finding.ts'

/** A deterministic stream of numbers in 0…1, so that tests see the same noise each time (Park & Miller 1988). */
export const random = (seed: number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** A Poisson count: by multiplication when small (Knuth), by a sum of twelve uniforms when large. */
export const poisson = (mean: number, next: () => number) => {
  if (mean > 50) {
    let sum = -6
    for (let draw = 0; draw < 12; draw++) sum += next()
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * sum))
  }
  const limit = Math.exp(-mean)
  let count = -1
  for (let product = 1; product > limit; count++) product *= next()
  return Math.max(0, count)
}

/** Share of its mean that a shop has at this second: a peak at noon and one at eight in the evening, weekends 40 % up. */
export const shopping = (seconds: number) => {
  const hour = (seconds / 3600) % 24
  const weekend = Math.floor(seconds / 86_400) % 7 >= 5
  const peak = (at: number, width: number) => {
    const away = Math.min(Math.abs(hour - at), 24 - Math.abs(hour - at))
    return Math.exp(-(away ** 2) / width)
  }
  return (0.15 + peak(20, 18) + 0.6 * peak(12, 12)) * (weekend ? 1.4 : 1)
}

/** A Thursday, 00:00 UTC. */
export const start = 1_699_488_000

export const play = (values: (number | null)[], period: number, options: DetectorOptions = {}, from = start) => {
  const detector = new Detector(options)
  return values.map((value, index) => detector.observe({ at: from + index * period, value }))
}

export const alarms = (findings: Finding[]) =>
  findings.flatMap(({ is_anomaly, kind }, index) => (is_anomaly ? [{ index, kind }] : []))
