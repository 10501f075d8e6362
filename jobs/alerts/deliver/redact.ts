const mask = '•••'

/** Parts of an address that let whoever has them write to it. */
function secretsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    if (!/^https?:/.test(value) || !URL.canParse(value)) return value.length >= 4 ? [value] : []
    const { pathname, search, searchParams, username, password } = new URL(value)
    const parts = [...pathname.split('/').filter((part) => part.length >= 8), ...searchParams.values()]
    return [value, `${pathname}${search}`, ...parts, username, password].filter((part) => part.length >= 4)
  }
  if (Array.isArray(value)) return value.flatMap(secretsIn)
  if (value && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, part]) => (name === 'host' || name === 'ok' ? [] : secretsIn(part)))
  }
  return []
}

/** A text in which nothing of an address is left but its host. */
export function redact(text: string, address: unknown): string {
  const host = (value: string) => (URL.canParse(value) && /^https?:/.test(value) ? new URL(value).host : '')
  const longestFirst = [...new Set(secretsIn(address))].sort((a, b) => b.length - a.length)
  return longestFirst.reduce(
    (left, secret) => left.replaceAll(secret, host(secret) ? `${host(secret)}/${mask}` : mask),
    text,
  )
}
