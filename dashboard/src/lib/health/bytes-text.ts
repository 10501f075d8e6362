import { type Language, numberFormat } from '#lib/format/intl.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

/** An amount of bytes in the unit that suits it, of 1024 each: 1.5 GB. */
export function bytesText(language: Language, bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const format = numberFormat(language, {
    ...{ style: 'unit', unit: units[step], unitDisplay: step === 0 ? 'long' : 'short' },
    ...{ maximumFractionDigits: step === 0 ? 0 : 1 },
  })
  return format.format(bytes / 1024 ** step)
}
