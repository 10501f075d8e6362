/** One line of a series: `at` in seconds, the timestamp as it was written, and what stands in the columns; `value` null is a gap. */
export type Row = { timestamp: string; at: number; value: number | null; denominator?: number }
export type Columns = { timestamp: number; value: number; denominator: number }

const isoDay = /^\d{4}-\d{2}-\d{2}/
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i

/** Seconds since 1970 of unix seconds, unix milliseconds or ISO 8601 (UTC where no zone is written); NaN for anything else. */
const secondsOf = (text: string): number => {
  const written = text.trim()
  if (isoDay.test(written)) {
    const time = written.length === 10 ? `${written}T00:00:00` : written.replace(' ', 'T')
    return Date.parse(zone.test(time.slice(10)) ? time : `${time}Z`) / 1000
  }
  if (written === '') return Number.NaN
  const number = Number(written)
  return Math.abs(number) > 1e11 ? number / 1000 : number
}

const fieldsOf = (line: string) => line.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'))

/** Where the columns are, from a header; undefined when the line is no header but a first row. */
export const columnsOf = (line: string): Columns | undefined => {
  const names = fieldsOf(line.replace(/^\uFEFF/, '')).map((name) => name.toLowerCase())
  const timestamp = names.indexOf('timestamp')
  const value = names.indexOf('value')
  if (timestamp < 0 || value < 0) return undefined
  return { timestamp, value, denominator: names.indexOf('denominator') }
}

export const plainColumns: Columns = { timestamp: 0, value: 1, denominator: -1 }

/** Undefined when the line has no readable timestamp. A value that is empty or no number is a gap. */
export const readRow = (line: string, columns: Columns): Row | undefined => {
  const fields = fieldsOf(line)
  const timestamp = fields[columns.timestamp] ?? ''
  const at = secondsOf(timestamp)
  if (!Number.isFinite(at)) return undefined
  const number = (text: string | undefined) => (text === undefined || text === '' ? Number.NaN : Number(text))
  const value = number(fields[columns.value])
  const denominator = columns.denominator < 0 ? Number.NaN : number(fields[columns.denominator])
  return {
    timestamp,
    at,
    value: Number.isFinite(value) ? value : null,
    ...(Number.isFinite(denominator) && { denominator }),
  }
}
