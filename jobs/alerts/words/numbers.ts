import type { Unit } from '@guanlan/warehouse/metrics/metric'
import type { Language } from './words.ts'

const tags = { zh: 'zh-CN', en: 'en' } as const
/** What stands where there is no number. */
const nothing = '–'

/** Numbers, times and spans as the dashboard writes them, for one language, currency and time zone. */
export function numbersOf(language: Language, { currency, time_zone }: { currency: string; time_zone: string }) {
  const number = (options: Intl.NumberFormatOptions, value: number) =>
    new Intl.NumberFormat(tags[language], options).format(value)
  const money = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  const compact: Intl.NumberFormatOptions = {
    ...{ notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 2, maximumSignificantDigits: 4 },
    roundingPriority: 'lessPrecision',
  }

  /** Short: 20.44万, ¥1.23亿, 4.34%. */
  const short = (value: number | null, unit: Unit): string => {
    if (value === null) return nothing
    const size = Math.abs(value)
    if (unit === 'ratio') {
      return number({ style: 'percent', maximumFractionDigits: size < 0.1 ? 2 : 1 }, value)
    }
    if (unit === 'seconds') return number({ style: 'unit', unit: 'second', maximumFractionDigits: 1 }, value)
    if (unit === 'milliseconds') return number({ style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }, value)
    const base = unit === 'money' ? money : {}
    if (size < 1000) return number(unit === 'money' ? base : { maximumFractionDigits: 2 }, value)
    if (size < 10_000) return number({ ...base, maximumFractionDigits: 0 }, value)
    return number({ ...base, ...compact }, value)
  }

  /** A share of a whole, without digits after the point: 71%. */
  const share = (value: number) => number({ style: 'percent', maximumFractionDigits: 0 }, value)

  const clock = (at: Date) =>
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: time_zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    }).format(at)

  /** By the store's clock: 11月11日 20:05. */
  const moment = (iso: string): string => {
    const at = new Date(iso)
    const day = new Intl.DateTimeFormat(tags[language], { timeZone: time_zone, month: 'short', day: 'numeric' })
    return `${day.format(at)} ${clock(at)}`
  }

  /** A stretch of time in its two widest units: 1小时5分钟. */
  const span = (seconds: number): string => {
    const minutes = Math.max(1, Math.round(seconds / 60))
    const parts = [
      ['day', Math.floor(minutes / 1440)],
      ['hour', Math.floor((minutes % 1440) / 60)],
      ['minute', minutes % 60],
    ] as const
    const told = parts.filter(([, count]) => count > 0).slice(0, 2)
    const texts = told.map(([unit, count]) => number({ style: 'unit', unit, unitDisplay: 'long' }, count))
    return texts.join(language === 'zh' ? '' : ' ')
  }

  return { short, share, moment, clock: (iso: string) => clock(new Date(iso)), span }
}
export type Numbers = ReturnType<typeof numbersOf>
