/** What `Decimal(18, 4)` holds: fourteen digits before the point. */
const largest = 10n ** 18n

const decimal = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$|^([+-]?)\.(\d+)$/

/**
 * An amount of money, exactly: the shortest decimal that a number prints as, never its binary noise. More than four
 * decimals are rounded half away from zero, so a sum that arrives as 0.30000000000000004 is 0.3000.
 * @returns the text of a `Decimal(18, 4)`; undefined when it is no amount or does not fit
 */
export function toMoney(value: unknown): string | undefined {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && Math.abs(value) < 1e14) return `${value === 0 ? 0 : value}.0000`
  } else if (typeof value !== 'string' || value.length > 64) return undefined
  const match = decimal.exec(String(value).trim())
  if (!match) return undefined
  const [, sign1 = '', whole = '', fraction1 = '', exponent = '0', sign2 = '', fraction2 = ''] = match
  const digits = BigInt(whole + fraction1 + fraction2)
  const units = scaled(digits, 4 + Number(exponent) - (fraction1.length + fraction2.length))
  if (units >= largest) return undefined
  const text = String(units).padStart(5, '0')
  const negative = (sign1 || sign2) === '-' && units > 0n
  return `${negative ? '-' : ''}${text.slice(0, -4)}.${text.slice(-4)}`
}

/** digits × 10^power, rounded half up. */
function scaled(digits: bigint, power: number): bigint {
  if (power >= 0) return power > 40 && digits > 0n ? largest : digits * 10n ** BigInt(power)
  const divisor = 10n ** BigInt(-power)
  return (digits + divisor / 2n) / divisor
}

/** Ten-thousandths, for sums of what toMoney answers. */
export function toUnits(money: string): bigint {
  const [whole = '0', fraction = ''] = money.split('.')
  const units = BigInt(whole.replace('-', '')) * 10_000n + BigInt(fraction.padEnd(4, '0') || '0')
  return money.startsWith('-') ? -units : units
}

/** The inverse of toUnits. */
export function fromUnits(units: bigint): string {
  const text = String(units < 0n ? -units : units).padStart(5, '0')
  return `${units < 0n ? '-' : ''}${text.slice(0, -4)}.${text.slice(-4)}`
}
