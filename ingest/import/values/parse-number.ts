import Big from 'big.js'
import { BadLine } from '../failure.ts'

export interface NumberFormat {
  decimal: '.' | ','
  /** The signs that may stand between groups of three digits. */
  thousands: string
}

const currency = /\p{Sc}|元|^\s*[A-Z]{3}(?=[\s\d.,+-])|(?<=[\s\d])[A-Z]{3}\s*$/gu
/** Space that is not between two digits. */
const space = /^\s+|\s+$|(?<=\D)\s+|\s+(?=\D)/g

/**
 * Reads a number as people write it: `1.234,50 €`, `¥ 1,299.00`, `(12.50)` and `12.50-` for negative ones.
 * Exact: no float on the way. Groups of thousands must be whole groups, so that `1,5` is never taken for 15.
 * @throws BadLine
 */
export function parseNumber(text: string, { decimal, thousands }: NumberFormat): Big {
  // Nearly every number is written like this.
  if (decimal === '.' && /^-?\d{1,15}(\.\d+)?$/.test(text)) return new Big(text)
  let rest = text.normalize('NFKC').replace(/[−–]/g, '-').replace(currency, '').replace(space, '')
  let negative = false
  const wrapped = /^\((.+)\)$/.exec(rest) ?? /^(.+)-$/.exec(rest)
  if (wrapped) {
    negative = true
    rest = wrapped[1] ?? ''
  }
  const [, mantissa = '', exponent = ''] = /^(.*?)(e[+-]?\d{1,2})?$/i.exec(rest) ?? []
  const [whole = '', tail = '', ...more] = mantissa.split(decimal)
  const digits = withoutGroups(whole, thousands)
  // A longer exponent is a way in for 1e999999999, which takes all memory when it is written out.
  if (more.length > 0 || !/^[+-]?\d*$/.test(digits) || !/^\d*$/.test(tail) || !/\d/.test(digits + tail)) {
    throw new BadLine(`“${text}” is not a number`)
  }
  const number = new Big(`${digits.replace('+', '').replace(/^(-?)$/, '$10')}.${tail}`.replace(/\.$/, '') + exponent)
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
