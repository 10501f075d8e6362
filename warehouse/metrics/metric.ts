/** Text in the languages of the interface. */
export interface Words {
  en: string
  zh: string
}

export const units = ['count', 'money', 'ratio', 'seconds', 'milliseconds', 'score'] as const
export type Unit = (typeof units)[number]

/** Where facts come from: each is read by one FROM fragment and bounded by one time column. */
export type Source = 'traffic' | 'sessions' | 'sales' | 'refunds' | 'returns' | 'first_orders' | 'spend'

/** How a number is made: counted from facts, or made of other metrics by name. */
type Making =
  | { kind: 'measure' }
  /** The middle of what each fact says, higher up: three quarters say no more. It is counted, and has no parts. */
  | { kind: 'percentile' }
  | { kind: 'ratio'; numerator: string; denominator: string }
  | { kind: 'difference'; minuend: string; subtrahend: string }

/** One number of the product: data, read by pages, alerts, the read API and the definitions page alike. */
export interface Metric {
  label: Words
  /** A definition that a merchant could sign. */
  description: Words
  from: Source | 'several'
  /** The facts that it is counted from, where they are not all of its source. */
  reading?: 'payments' | 'load_times' | 'exceptions'
  /** score: a number of its own, such as how far a page jumped. */
  unit: Unit
  better: 'up' | 'down' | 'neutral'
  /** Whether the numbers of parts add up to the number of the whole: distinct counts and ratios do not. */
  additive: boolean
  making: Making
}

export const measured = { kind: 'measure' } as const
export const percentile = { kind: 'percentile' } as const
export const ratio = (numerator: string, denominator: string) => ({ kind: 'ratio', numerator, denominator }) as const
export const difference = (minuend: string, subtrahend: string) =>
  ({ kind: 'difference', minuend, subtrahend }) as const
