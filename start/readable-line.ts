const levels: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warning', 50: 'error', 60: 'fatal' }
const plumbing = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg', 'v', 'err'])

/** Redis calls warnings whatever its quietest log level prints, its good morning included. */
const redisLine = /^\d+:(signal-handler |[A-Z] \d\d \w{3} \d{4} )/

/**
 * A line of a process for human eyes: pino's JSON becomes `warning: message key=value`, any other text stays.
 * @returns the text, and pino's level (30 info, 40 warning); 40 for text that is not pino's: it was not meant for a log
 */
export function readableLine(line: string): { level: number; text: string } {
  const entry = asEntry(line)
  if (entry === undefined) return { level: redisLine.test(line) ? 30 : 40, text: line }
  const level = Number(entry.level)
  const details = Object.entries(entry)
    .filter(([key]) => !plumbing.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const cause = (entry.err as { message?: unknown } | undefined)?.message
  const words = [entry.msg, cause !== undefined && cause !== entry.msg ? `(${cause})` : '', ...details]
  return { level, text: `${levels[level] ?? level}: ${words.filter(Boolean).join(' ')}` }
}

function asEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null && 'level' in entry
      ? (entry as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
