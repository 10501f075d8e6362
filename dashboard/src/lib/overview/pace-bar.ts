import type { PaceAnswer } from './answers.ts'

/** Places on the bar of a target, as shares of its length. */
export interface PaceBar {
  actual: number
  /** Where it should be by now; null when that is not known. */
  pace: number | null
  /** To where it is forecast. */
  forecast: number | null
  target: number
}

/** The bar reaches to the target, or to what is beyond it. */
export function paceBar({ actual, target, forecast, expected_by_now }: PaceAnswer): PaceBar {
  const whole = Math.max(target ?? 0, actual, forecast ?? 0, Number.MIN_VALUE)
  const place = (value: number) => Math.max(0, value) / whole
  return {
    actual: place(actual),
    pace: expected_by_now === null ? null : place(expected_by_now),
    forecast: forecast === null ? null : place(forecast),
    target: place(target ?? 0),
  }
}
