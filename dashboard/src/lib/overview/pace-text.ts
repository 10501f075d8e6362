import type { NumberFormats } from '#lib/format/numbers.ts'
import { m } from '#lib/paraglide/messages.js'
import type { PaceAnswer } from './answers.ts'

/** Where a period will end at its pace, in a sentence; undefined when that is not known or it is over. */
export function forecastText(pace: PaceAnswer, formats: NumberFormats): string | undefined {
  const { forecast, forecast_low, forecast_high, target, share_expected, meta } = pace
  if (forecast === null || share_expected === 1) return undefined
  const money = (value: number) => formats.short(value, meta.unit)
  const range =
    forecast_low === null || forecast_high === null ? '' : m.overview_pace_range({ low: money(forecast_low), high: money(forecast_high) }) // biome-ignore format: one choice
  const words = { forecast: money(forecast) + range }
  if (target === null) return m.overview_pace_forecast(words)
  return m.overview_pace_forecast_of({ ...words, share: formats.short(forecast / target, 'ratio') })
}

/** What the forecast goes by. */
export function basisText({ meta: { basis, weeks, like } }: PaceAnswer): string {
  switch (basis) {
    case 'campaign':
      return weeks > 0
        ? m.overview_pace_by_both({ name: like ?? '', weeks })
        : m.overview_pace_by_campaign({ name: like ?? '' })
    case 'hour_of_week':
      return m.overview_pace_by_week({ weeks })
    case 'hour_of_day':
      return m.overview_pace_by_day()
    case 'none':
      return m.overview_pace_by_nothing()
  }
}
