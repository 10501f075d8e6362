import { parseArgs } from 'node:util'
import type { DetectorOptions } from '../detect/finding.ts'
import { type SeriesKind, seriesKinds } from '../detect/kinds.ts'

export type BacktestOptions = { detector: DetectorOptions; file: string | undefined; stream: boolean; json: boolean }

/** A command line that cannot be understood; the message says what to type instead. */
export class UsageError extends Error {
  readonly code = 'usage'
}

export const usage = `usage: npm run backtest -- <series.csv> [options]     columns: timestamp,value (unix seconds or ISO 8601)
       npm run backtest -- --stream [options]          reads standard input, answers each line before the next

  --kind          ${seriesKinds.join(' | ')} (default unknown)
  --sensitivity   low | normal | high, or the wanted number of alarms a week (default normal = 2)
  --period        seconds between points, or like 1m 5m 1h 1d (default: found out from the timestamps)
  --json          one JSON object a line instead of CSV
  --stream        read standard input`

const levels: Record<string, number> = { low: 0.5, normal: 2, high: 8 }
const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 }

const wantedPerWeek = (text: string) => {
  const wanted = levels[text] ?? Number(text)
  if (!(wanted > 0 && wanted <= 1000))
    throw new UsageError(`--sensitivity ${text}: low, normal, high or a number of alarms a week`)
  return wanted
}

const periodOf = (text: string) => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? []
  const seconds = Number(amount) * (units[unit || 's'] ?? Number.NaN)
  if (!(seconds > 0)) throw new UsageError(`--period ${text}: seconds, or like 1m, 5m, 1h, 1d`)
  return seconds
}

/** @throws {UsageError} */
export const parseOptions = (args: string[]): BacktestOptions => {
  const { values, positionals } = parse(args)
  const kind = values.kind ?? 'unknown'
  if (!seriesKinds.includes(kind as SeriesKind))
    throw new UsageError(`--kind ${kind}: one of ${seriesKinds.join(', ')}`)
  const stream = values.stream ?? false
  const file = positionals[0] === '-' ? undefined : positionals[0]
  if (positionals.length > 1) throw new UsageError(`one series at a time, not ${positionals.join(' ')}`)
  if (!stream && file === undefined) throw new UsageError('name a CSV file, or say --stream to read standard input')
  if (stream && file !== undefined) throw new UsageError('--stream reads standard input: give it no file')
  const detector: DetectorOptions = { kind: kind as SeriesKind }
  if (values.sensitivity !== undefined) detector.sensitivity = { wanted_per_week: wantedPerWeek(values.sensitivity) }
  if (values.period !== undefined) detector.period = periodOf(values.period)
  return { detector, file, stream, json: values.json ?? false }
}

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        sensitivity: { type: 'string' },
        period: { type: 'string' },
        json: { type: 'boolean' },
        stream: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}
