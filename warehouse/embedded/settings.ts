import { refuse } from './errors.ts'

/** URL parameters that are the HTTP interface's own, not settings. */
const reserved = new Set(
  `query database default_format user password quota_key session_id session_timeout session_check close_session query_id
  stacktrace role buffer_size wait_end_of_query compress decompress client_protocol_version`.split(/\s+/),
)

/** A string literal of ClickHouse SQL. */
export const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** An identifier of ClickHouse SQL. */
export const quoteName = (text: string): string => `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``

export interface Asked {
  settings: Map<string, string>
  /** name → value in the escaped form that the HTTP interface takes */
  params: Map<string, string>
}

const name = /^[A-Za-z_][\w.]*$/

/** Settings and query parameters among a request's parameters. @throws UNKNOWN_SETTING, BAD_ARGUMENTS */
export function askedSettings(given: Iterable<[string, string]>): Asked {
  const asked: Asked = { settings: new Map(), params: new Map() }
  for (const [key, value] of given) {
    if (reserved.has(key)) continue
    if (!name.test(key)) throw refuse('UNKNOWN_SETTING', `Unknown setting '${key}'`)
    if (key.startsWith('param_')) asked.params.set(key.slice(6), value)
    else asked.settings.set(key, value)
  }
  return asked
}

/**
 * The statement that puts them on a connection, or '' when there is nothing to set. `readonly` comes last, since nothing can be
 * set behind it.
 * @param readOnly the request's method may only read
 */
export function setStatement({ settings, params }: Asked, readOnly: boolean): string {
  const readonly = settings.get('readonly') ?? (readOnly ? '2' : undefined)
  const parts = [
    ...[...params].map(([key, value]) => `param_${key} = ${quote(value)}`),
    ...[...settings].filter(([key]) => key !== 'readonly').map(([key, value]) => `${key} = ${quote(value)}`),
    ...(readonly === undefined ? [] : [`readonly = ${quote(readonly)}`]),
  ]
  return parts.length ? `SET ${parts.join(', ')}` : ''
}
