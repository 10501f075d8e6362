import Big from 'big.js'
import { BadLine } from '../failure.ts'

export interface NumberFormat {
  decimal: '.' | ','
  /** The signs that may stand between groups of three digits. */
  thousands: string
}

const currencySigns = /[\p{Sc}\s元]|^[A-Z]{3}(?=[\d\s.,+-])|(?<=[\d\s])[A-Z]{3}$/gu

/**
 * Reads a number as people write it: `1.234,50 €`, `¥ 1,299.00`, `(12.50)` and `12.50-` for negative ones.
 * Exact: no float on the way. Groups of thousands must be whole groups, so that `1,5` is never taken for 15.
 * @throws BadLine
 */
export function parseNumber(text: string, { decimal, thousands }: NumberFormat): Big {
  let rest = text.normalize('NFKC').replace(/[−–]/g, '-').replace(currencySigns, '')
  let negative = false
  const wrapped = /^\((.+)\)$/.exec(rest) ?? /^(.+)-$/.exec(rest)
  if (wrapped) {
    negative = true
    rest = wrapped[1] ?? ''
  }
  const [whole = '', fraction, ...more] = rest.split(decimal)
  const digits = withoutGroups(whole, thousands)
  const plain = fraction === undefined ? digits : `${digits}.${fraction}`
  // An exponent is a way in for 1e999999999, which takes all memory when it is written out.
  if (more.length > 0 || !/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i.test(plain)) {
    throw new BadLine(`“${text}” is not a number`)
  }
  const number = new Big(plain.replace(/^\+/, '').replace(/\.(?=e|$)/i, ''))
  return negative ? number.neg() : number
}

function withoutGroups(whole: string, thousands: string): string {
  const sign = [...thousands].find((candidate) => whole.includes(candidate))
  if (sign === undefined) return whole
  const [first = '', ...groups] = whole.split(sign)
  return /^[+-]?\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group))
    ? first + groups.join('')
    : whole
}
