import Big from 'big.js'
import { BadLine } from '../failure.ts'
import { dayParser, instantParser } from '../values/parse-instant.ts'
import { type NumberFormat, parseNumber } from '../values/parse-number.ts'
import type { Made } from './made.ts'
import type { ValueType } from './outputs.ts'

export interface Formats {
  number: NumberFormat
  dates: readonly string[]
  zone: string
}

/** How numbers are written in a mapping file, whatever the files write. */
export const plainNumbers: NumberFormat = { decimal: '.', thousands: '' }

/** Makes a function that turns text into a type; '' is nothing. */
export function converter(type: ValueType, formats: Formats): (made: Made) => Made {
  const date = { formats: [...new Set(formats.dates)], zone: formats.zone }
  const parsers: Record<ValueType, (text: string) => Made> = {
    text: (text) => text,
    id,
    number: (text) => parseNumber(text, formats.number),
    integer: (text) => whole(parseNumber(text, formats.number)),
    instant: instantParser(date),
    day: dayParser(date),
    boolean,
  }
  const parse = parsers[type]
  return (made) => {
    if (made === undefined || made === '') return undefined
    if (typeof made === 'string') return parse(made)
    if (made instanceof Big && type === 'number') return made
    if (made instanceof Big && type === 'integer') return whole(made)
    return parse(made instanceof Big ? made.toFixed() : String(made))
  }
}

function id(text: string): string {
  if (/^\d\.\d+E\+\d+$/i.test(text)) {
    throw new BadLine(`“${text}” was a longer number before a spreadsheet rounded it: export the column as text`)
  }
  return text
}

function whole(number: Big): Big {
  if (number.eq(number.round(0, Big.roundDown)) && number.abs().lte(Number.MAX_SAFE_INTEGER)) return number
  throw new BadLine(`${number.toFixed()} is not a whole number`)
}

function boolean(text: string): boolean {
  if (/^(true|t|yes|y|1|是)$/i.test(text)) return true
  if (/^(false|f|no|n|0|否)$/i.test(text)) return false
  throw new BadLine(`“${text}” is neither true nor false`)
}
