import Big from 'big.js'

/** What a value is while it is made: numbers are exact decimals, instants and days are text in the order of time. */
export type Made = string | Big | boolean | undefined

/** Numbers by size; texts, and so instants and days, by their signs. */
export function compare(a: Made, b: Made): number {
  if (a instanceof Big && b instanceof Big) return a.cmp(b)
  const [left, right] = [text(a), text(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The number a value is; undefined for anything else. */
export const number = (made: Made): Big | undefined => (made instanceof Big ? made : undefined)

/** The text of a value; '' for nothing. */
export const text = (made: Made): string => (made instanceof Big ? made.toFixed() : String(made ?? ''))
